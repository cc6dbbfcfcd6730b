package io.clusterspring.failover;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method, such as a {@code @Scheduled} one, do its work on one node of the
 * cluster only: calls on other nodes return at once without it. No database is needed.
 *
 * <pre class="code">
 * &#064;Scheduled(fixedDelay = 1000)
 * &#064;OnOneNode("invoices")
 * void sendInvoices() { ... }
 * </pre>
 *
 * <p>
 * The node is that of the {@link DistributedApplication} of the given name, which is made
 * for all methods that name it: they run on the same node, and
 * {@code cluster.distributed.<name>} says which. When it moves, calls under way are
 * waited for, and interrupted after its stop timeout.
 *
 * <p>
 * The method returns nothing, and belongs to a singleton bean, which gets a proxy if it
 * has none: as with {@code @Async}, it must not be private or final, and calls from
 * within the bean do not count.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnOneNode {

	/**
	 * Name of the application; may be a placeholder.
	 * @return the name
	 */
	String value();

}
