package io.clusterspring.stomp;

import org.jspecify.annotations.Nullable;

/**
 * A destination such as {@code /user/jane/queue/news}, taken apart as Spring's
 * {@code DefaultUserDestinationResolver} does.
 *
 * @param name the user's name, or the session's id
 * @param subscribed the destination clients subscribe to: {@code /user/queue/news}
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
