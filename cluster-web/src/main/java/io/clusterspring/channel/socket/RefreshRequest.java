package io.clusterspring.channel.socket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.databind.JsonNode;

import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.SocketRequest;

/**
 * Reads the payload of a refresh: an object with {@code params} and {@code authToken},
 * both optional, as a client of phoenix.js has them. They take the place of those of the
 * handshake; all else of its request stays. A refresh does not remember the values of the
 * one before, so that a client cannot make a request grow.
 */
final class RefreshRequest {

	private RefreshRequest() {
	}

	/**
	 * Make the request to decide about.
	 * @throws IllegalArgumentException if the payload cannot be read
	 */
	static SocketRequest of(SocketRequest handshake, ChannelPayload payload) {
		JsonNode root = payload.as(JsonNode.class);
		Assert.isTrue(root != null && root.isObject(), "A refresh is an object");
		Map<String, List<String>> parameters = new HashMap<>(handshake.parameters());
		JsonNode params = root.path("params");
		Assert.isTrue(params.isObject() || params.isMissingNode(), "The params of a refresh are an object");
		params.properties().forEach((entry) -> parameters.put(entry.getKey(), values(entry.getValue())));
		return new SocketRequest(handshake.path(), handshake.transport(), parameters, handshake.headers(),
				handshake.user(), token(root.path("authToken"), handshake.authToken()), handshake.remoteAddress(),
				handshake.session());
	}

	private static List<String> values(JsonNode value) {
		if (!value.isArray()) {
			return List.of(text(value));
		}
		List<String> values = new ArrayList<>(value.size());
		value.forEach((element) -> values.add(text(element)));
		return values;
	}

	private static String text(JsonNode value) {
		Assert.isTrue(value.isString() || value.isNumber() || value.isBoolean(), "A parameter is text");
		return value.isString() ? value.stringValue() : value.toString();
	}

	private static @Nullable String token(JsonNode token, @Nullable String former) {
		Assert.isTrue(token.isString() || token.isMissingNode(), "The authToken of a refresh is text");
		return token.isString() ? token.stringValue() : former;
	}

}
