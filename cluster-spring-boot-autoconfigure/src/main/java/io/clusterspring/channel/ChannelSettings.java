package io.clusterspring.channel;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Where the sockets of a node are, and what their channels may use.
 *
 * @param paths the paths that sockets are mounted at
 * @param mailboxCapacity how many messages may wait for one channel; a client's message
 * beyond is answered with reason {@code overloaded}
 * @param limits what a client may use
 * @param handlers what handlers may use
 */
public record ChannelSettings(Set<String> paths, int mailboxCapacity, ClientLimits limits, HandlerLimits handlers) {

	private static final Pattern PATH = Pattern.compile("(/[^/*?{}]+)+");

	public ChannelSettings {
		paths = Collections.unmodifiableSet(new LinkedHashSet<>(paths));
		Assert.notEmpty(paths, "A socket has to be mounted somewhere");
		paths.forEach((path) -> Assert.isTrue(isPath(path),
				() -> "'" + path + "' is no path for a socket: it starts with a slash and does not end with one"));
		Assert.isTrue(mailboxCapacity > 0, "A mailbox needs a capacity");
	}

	/**
	 * Create settings with the defaults for handlers.
	 * @param paths the paths that sockets are mounted at
	 * @param mailboxCapacity how many messages may wait for one channel
	 * @param limits what a client may use
	 */
	public ChannelSettings(Set<String> paths, int mailboxCapacity, ClientLimits limits) {
		this(paths, mailboxCapacity, limits, HandlerLimits.DEFAULT);
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
