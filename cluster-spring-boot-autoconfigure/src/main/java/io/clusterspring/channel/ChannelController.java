package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * Marks a class whose methods handle the channels of a family of topics. One instance
 * serves them all; what belongs to one client goes into {@link Channel#attributes()}. All
 * methods of one channel are called one at a time, different channels side by side.
 *
 * @see OnJoin
 * @see OnEvent
 * @see OnBroadcast
 * @see OnMessage
 * @see OnLeave
 */
@Documented
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ChannelController {

	/**
	 * The topic patterns: literal text, <code>{variable}</code> up to the next literal,
	 * and at the end a <code>{variable}</code> or {@code *} for the rest, whatever it
	 * holds. Of several patterns that match, the one with the most literal text wins.
	 * @return the patterns
	 */
	String[] value();

	/**
	 * The paths of the sockets whose clients find these topics, of those in
	 * {@code cluster.channels.paths}. None means all. Handlers of different sockets may
	 * be for the same topics; what is broadcast on a topic reaches its members on all
	 * sockets.
	 * @return the paths, such as {@code /admin/socket}
	 */
	String[] socket() default {};

}
