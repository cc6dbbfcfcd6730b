package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * Marks a class whose methods handle the channels of a family of topics. One instance
 * serves all channels; keep the state of one client in {@link Channel#attributes()}. The
 * methods are called one at a time for each channel, and concurrently for different
 * channels.
 *
 * @see OnJoin
 * @see OnEvent
 * @see OnBroadcast
 * @see OnMessage
 * @see OnRefresh
 * @see OnLeave
 */
@Documented
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ChannelController {

	/**
	 * The topic patterns. A pattern consists of literal text and variables:
	 * <code>{variable}</code> matches text without a colon; at the end of the pattern,
	 * <code>{variable}</code> or {@code *} matches the rest of the topic. If several
	 * patterns match, the one with the most literal text wins.
	 * @return the patterns
	 */
	String[] value();

	/**
	 * The sockets whose clients can join these topics, as paths out of
	 * {@code cluster.channels.paths}. Empty means all sockets. Controllers of different
	 * sockets may handle the same topics; a broadcast reaches the members of its topic on
	 * all sockets.
	 * @return the paths, such as {@code /admin/socket}
	 */
	String[] socket() default {};

}
