package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method that handles an event of a client: Phoenix's {@code handle_in/3}. A
 * {@code void} method does not reply. A {@link Reply} is sent as it is, any other value
 * becomes an {@code ok} reply, and a {@code CompletionStage} of these replies when it
 * completes. A payload that cannot be converted or is not valid gets an {@code error}
 * reply with reason {@code invalid payload}. An uncaught exception crashes the channel:
 * the client gets {@code phx_error} and joins again.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Reflective(ChannelMethodReflection.class)
public @interface OnEvent {

	/**
	 * The events to handle. A name that ends with {@code *} is a pattern: {@code item:*}
	 * stands for all events that begin with {@code item:}, and {@code *} for all events.
	 * An event goes to the method with its name, or else to the one with the longest
	 * pattern. An {@link EventName} parameter gets the event's name. The boot fails if an
	 * event begins with {@code phx_}: those are the protocol's own.
	 * @return the names and patterns of the events
	 */
	String[] value();

}
