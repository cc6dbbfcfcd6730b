package io.clusterspring.channel.socket;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.SocketAuthorizers.Identity;
import io.clusterspring.inspect.Moments;
import io.clusterspring.inspect.Question;

/**
 * Chooses sockets by what an operator asks for. A topic may end with {@code *}, which
 * stands for anything.
 */
final class SocketFilter implements Predicate<ChannelSocket> {

	static final Set<String> NAMES = Set.of("id", "user", "topic", "address", "since");

	private final @Nullable String id;

	private final @Nullable String user;

	private final @Nullable String topic;

	private final @Nullable String address;

	private final @Nullable Long since;

	SocketFilter(Question question) {
		this.id = question.filter("id");
		this.user = question.filter("user");
		this.topic = question.filter("topic");
		this.address = question.filter("address");
		this.since = instant(question.filter("since"));
	}

	private static @Nullable Long instant(@Nullable String text) {
		try {
			return (text != null) ? Moments.nanoTime(Instant.parse(text)) : null;
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("since must be a moment such as 2026-01-31T12:00:00Z", ex);
		}
	}

	@Override
	public boolean test(ChannelSocket socket) {
		Identity identity = socket.identity();
		return (this.id == null || this.id.equals(socket.connection().id()) || this.id.equals(identity.id()))
				&& (this.user == null || this.user.equals(identity.name()))
				&& (this.address == null || socket.peer().isAt(this.address))
				&& (this.since == null || socket.peer().since() - this.since > 0)
				&& (this.topic == null || isOn(socket, this.topic));
	}

	private static boolean isOn(ChannelSocket socket, String topic) {
		if (!topic.endsWith("*")) {
			return socket.topics().contains(topic);
		}
		String prefix = topic.substring(0, topic.length() - 1);
		for (String joined : socket.topics()) {
			if (joined.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

}
