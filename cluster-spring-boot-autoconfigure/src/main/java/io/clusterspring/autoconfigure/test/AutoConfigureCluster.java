package io.clusterspring.autoconfigure.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation for a test class that chooses the cluster of its application context.
 * Without it, the context is alone: a cluster of its own in memory, with a name of its
 * own, that waits for no other node. The property {@code cluster.test.alone} does the
 * same for many test classes; the annotation comes first.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface AutoConfigureCluster {

	/**
	 * Return whether the application context is alone.
	 * @return {@code false} for the cluster that the application's properties describe,
	 * with its transport, its name and the nodes it waits for
	 */
	boolean alone() default true;

}
