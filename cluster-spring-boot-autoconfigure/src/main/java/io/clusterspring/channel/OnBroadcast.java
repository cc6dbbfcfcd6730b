package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that sees a broadcast before the client does, once for each member of
 * the topic: Phoenix's {@code intercept} and {@code handle_out/3}. What it returns is
 * pushed instead; {@code null} or {@code void} drops it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnBroadcast {

	/**
	 * The events.
	 * @return the names of the events
	 */
	String[] value();

}
