package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method that intercepts a broadcast, once for each member of the topic:
 * Phoenix's {@code intercept} and {@code handle_out/3}. The member's client gets the
 * returned value instead of the broadcast; {@code null} and {@code void} drop it.
 *
 * <p>
 * On a topic with history it is called again for the messages that a client has missed.
 * The returned value, and pushes that the method makes before it returns, have the
 * position of the message; later pushes have none.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Reflective(ChannelMethodReflection.class)
public @interface OnBroadcast {

	/**
	 * The events to intercept, by name or by pattern as in {@link OnEvent}.
	 * @return the names and patterns of the events
	 */
	String[] value();

}
