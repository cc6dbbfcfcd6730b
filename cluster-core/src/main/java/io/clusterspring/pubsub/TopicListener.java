package io.clusterspring.pubsub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Subscribes a method of a singleton bean to topics. The method gets one message at a
 * time and in order. Its one parameter is either a {@link TopicMessage}, for all
 * messages, or another type, for the plain payloads read as that type. An exception is
 * logged, and the next message follows.
 *
 * <p>
 * The subscriptions exist before this node joins the cluster.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Reflective(TopicListenerReflection.class)
public @interface TopicListener {

	/**
	 * The topics, each with a mailbox of its own. Placeholders such as
	 * <code>${region}</code> are resolved.
	 * @return the topics
	 */
	String[] value();

}
