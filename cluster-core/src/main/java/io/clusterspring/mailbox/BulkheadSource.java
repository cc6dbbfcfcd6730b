package io.clusterspring.mailbox;

import java.util.Collection;

/**
 * Supplies bulkheads for {@link ExecutorWatch}.
 */
public interface BulkheadSource {

	Collection<Bulkhead> bulkheads();

}
