package io.clusterspring.channel.socket;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

import io.clusterspring.channel.limit.ClientLimits;
import io.clusterspring.channel.limit.HandlerLimits;

/**
 * The paths of a node's sockets, and the limits of their channels.
 *
 * @param paths the paths of the sockets
 * @param mailboxCapacity the maximum number of messages that wait for one channel;
 * further messages of a client get an error reply with reason {@code overloaded}
 * @param limits the limits of clients
 * @param handlers the limits of handlers
 * @param expiryNotice how long before the end of a socket its client is told
 */
public record ChannelSettings(Set<String> paths, int mailboxCapacity, ClientLimits limits, HandlerLimits handlers,
		Duration expiryNotice) {

	private static final Pattern PATH = Pattern.compile("(/[^/*?{}]+)+");

	public ChannelSettings {
		paths = Collections.unmodifiableSet(new LinkedHashSet<>(paths));
		Assert.notEmpty(paths, "At least one path of a socket is required");
		paths.forEach((path) -> Assert.isTrue(isPath(path), () -> "'" + path
				+ "' is not a path of a socket: a path starts with a slash, does not end with one, and holds no pattern"));
		Assert.isTrue(mailboxCapacity > 0, "The capacity of a mailbox must be positive");
		Assert.isTrue(!expiryNotice.isNegative(), "The time before the end of a socket must not be negative");
	}

	/**
	 * Create settings with the defaults for handlers, whose clients are told of the end
	 * of their sockets 30 seconds before.
	 * @param paths the paths of the sockets
	 * @param mailboxCapacity the maximum number of messages that wait for one channel
	 * @param limits the limits of clients
	 */
	public ChannelSettings(Set<String> paths, int mailboxCapacity, ClientLimits limits) {
		this(paths, mailboxCapacity, limits, HandlerLimits.DEFAULT, Duration.ofSeconds(30));
	}

	/**
	 * Return whether a socket can be mounted at a path.
	 * @param path the path
	 * @return {@code true} if it starts with a slash, does not end with one, and holds no
	 * pattern
	 */
	public static boolean isPath(String path) {
		return PATH.matcher(path).matches();
	}

}
