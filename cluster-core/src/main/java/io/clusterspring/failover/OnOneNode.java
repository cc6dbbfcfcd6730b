package io.clusterspring.failover;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes a method, such as a {@code @Scheduled} one, run on one node of the cluster only.
 * Calls on other nodes return at once without running it. No database is needed.
 *
 * <pre class="code">
 * &#064;Scheduled(fixedDelay = 1000)
 * &#064;OnOneNode("invoices")
 * void sendInvoices() { ... }
 * </pre>
 *
 * <p>
 * The node is the one of a {@link DistributedApplication} with the given name, which the
 * starter creates. All methods with the same name run on the same node, and
 * {@code cluster.distributed.<name>} defines which. When the application moves, running
 * calls may end, and are interrupted after its stop timeout.
 *
 * <p>
 * The method must return nothing and belong to a singleton bean. The bean is proxied: as
 * with {@code @Async}, calls from within the bean bypass the proxy. A method that does
 * not belong to a singleton, returns something, or is private, static or final fails the
 * boot.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Reflective
public @interface OnOneNode {

	/**
	 * Name of the application, which may contain placeholders.
	 * @return the name
	 */
	String value();

}
