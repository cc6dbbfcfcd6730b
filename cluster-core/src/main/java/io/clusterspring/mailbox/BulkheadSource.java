package io.clusterspring.mailbox;

import java.util.Collection;

/**
 * Supplies bulkheads for {@link ExecutorWatch}.
 */
public interface BulkheadSource {

	/**
	 * Return the bulkheads of this moment.
	 * @return the bulkheads
	 */
	Collection<Bulkhead> bulkheads();

}
