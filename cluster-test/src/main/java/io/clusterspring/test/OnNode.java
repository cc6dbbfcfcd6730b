package io.clusterspring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation for a parameter of a test method in a {@link ClusterTest}: a
 * {@link ChannelTestClient} is connected to the node, anything else is a bean of the
 * node.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnNode {

	/**
	 * Return which node.
	 * @return the number of the node, beginning with 1
	 */
	int value();

}
