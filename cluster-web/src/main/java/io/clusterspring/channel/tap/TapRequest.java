package io.clusterspring.channel.tap;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * The topic or the socket that a tap follows.
 *
 * @param id the id, chosen at random by the node that was asked
 * @param topic the topic, {@code null} if it follows a socket
 * @param socket the id of a connection, or of sockets by the application, {@code null} if
 * it follows a topic
 * @param seconds how long
 * @param payloads whether to keep the beginning of payloads
 */
record TapRequest(String id, @Nullable String topic, @Nullable String socket, int seconds, boolean payloads) {

	static final Set<String> PARAMETERS = Set.of("tap", "topic", "socket", "seconds", "payloads");

	static final int LONGEST = 300;

	private static final String SECONDS = "60";

	private static final int LONGEST_NAME = 4096;

	private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

	TapRequest {
		requireId(id);
		Assert.isTrue((topic != null) != (socket != null), "taps/open needs either topic or socket");
		Assert.isTrue(seconds >= 1 && seconds <= LONGEST, "seconds must be a number from 1 to " + LONGEST);
		if (topic != null) {
			requireName("topic", topic);
			Broadcast.requireShort("topic", topic);
		}
		if (socket != null) {
			requireName("socket", socket);
		}
	}

	static TapRequest of(Map<String, String> parameters) {
		String seconds = parameters.getOrDefault("seconds", SECONDS);
		String payloads = parameters.getOrDefault("payloads", "false");
		Assert.isTrue(payloads.equals("true") || payloads.equals("false"), "payloads must be true or false");
		return new TapRequest(requireId(parameters.get("tap")), parameters.get("topic"), parameters.get("socket"),
				NUMBER.matcher(seconds).matches() ? Integer.parseInt(seconds) : 0, payloads.equals("true"));
	}

	static String requireId(@Nullable String id) {
		Assert.isTrue(id != null && ID.matcher(id).matches(), "tap must be the id that taps/open has returned");
		return id;
	}

	private static void requireName(String what, String name) {
		Assert.hasLength(name, () -> what + " must not be empty");
		Utf8.requireWellFormed(what, name);
		Assert.isTrue(name.length() <= LONGEST_NAME, () -> what + " has more than " + LONGEST_NAME + " characters");
		Assert.isTrue(name.codePoints().noneMatch(Character::isISOControl),
				() -> what + " '" + LogText.of(name) + "' has a control character");
	}

	@Override
	public String toString() {
		String followed = (this.topic != null) ? "topic '" + LogText.of(this.topic) + "'"
				: "socket '" + LogText.of(this.socket) + "'";
		return "Tap " + this.id + " of " + followed + (this.payloads ? " with payloads" : "");
	}

}
