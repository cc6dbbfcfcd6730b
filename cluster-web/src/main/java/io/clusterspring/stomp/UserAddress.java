package io.clusterspring.stomp;

import org.jspecify.annotations.Nullable;

/**
 * A parsed user destination such as {@code /user/jane/queue/news}. The rules are those of
 * Spring's {@code DefaultUserDestinationResolver}.
 *
 * @param name the user's name, or the session's id
 * @param subscribed the destination that clients subscribe to: {@code /user/queue/news}
 */
record UserAddress(String name, String subscribed) {

	static @Nullable UserAddress parse(String prefix, String destination) {
		int end = destination.indexOf('/', prefix.length());
		if (end < 0) {
			return null;
		}
		return new UserAddress(destination.substring(prefix.length(), end).replace("%2F", "/"),
				prefix.substring(0, prefix.length() - 1) + destination.substring(end));
	}

}
