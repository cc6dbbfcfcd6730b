package io.clusterspring.mailbox;

import java.util.Collection;

/**
 * Has bulkheads that are worth a look when mailboxes wait for long.
 */
public interface BulkheadSource {

	/**
	 * Return the bulkheads of this moment.
	 * @return the bulkheads
	 */
	Collection<Bulkhead> bulkheads();

}
