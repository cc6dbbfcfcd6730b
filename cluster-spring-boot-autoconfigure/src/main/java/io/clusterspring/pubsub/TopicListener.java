package io.clusterspring.pubsub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a singleton bean as a subscriber: it gets what is broadcast on the
 * topics, one message at a time and in order. Its one parameter is either a
 * {@link TopicMessage}, for everything, or any other type, for the plain payloads read as
 * that type. An exception is logged and the next message comes.
 *
 * <p>
 * Subscriptions are in place before the cluster is joined.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TopicListener {

	/**
	 * The topics, each with a mailbox of its own. Placeholders such as
	 * <code>${region}</code> are resolved.
	 * @return the topics
	 */
	String[] value();

}
