package io.clusterspring.channel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Payload;
import tools.jackson.databind.JsonNode;

import io.clusterspring.Node;

/**
 * The channels of the application that the transcripts were recorded from.
 */
public final class TranscriptRooms {

	private TranscriptRooms() {
	}

	@ChannelController("room:{room}")
	public static class Room {

		private final Node node;

		private final Consumer<String> disconnect;

		public Room(Node node, Consumer<String> disconnect) {
			this.node = node;
			this.disconnect = disconnect;
		}

		@OnJoin
		Reply join(Channel channel, @DestinationVariable String room, ChannelPayload payload) {
			if (room.equals("private")) {
				return Reply.refuse("unauthorized");
			}
			if (room.equals("crash")) {
				throw new IllegalStateException("join crashes");
			}
			JsonNode json = Optional.ofNullable(payload.as(JsonNode.class)).orElseThrow();
			if (json.isArray()) {
				throw new IllegalArgumentException("an array has no user");
			}
			Map<String, @Nullable Object> joined = new HashMap<>();
			joined.put("status", "connected");
			joined.put("user", json.path("user").isMissingNode() ? null : json.get("user"));
			channel.attributes().put("user", json.path("user").asString(""));
			channel.push("joined", joined);
			return Reply.ok(Map.of("node", this.node.toString()));
		}

		@OnEvent("echo")
		ChannelPayload echo(ChannelPayload payload) {
			return payload;
		}

		@OnEvent("binary_echo")
		byte[] binaryEcho(ChannelPayload payload) {
			return payload.bytes();
		}

		@OnEvent("binary_msg")
		void binaryBroadcast(Channel channel, byte[] payload) {
			channel.broadcast("binary_msg", payload);
		}

		@OnEvent("fail")
		Reply fail(ChannelPayload payload) {
			return Reply.error(payload);
		}

		@OnEvent("ack")
		Reply ack() {
			return Reply.ok();
		}

		@OnEvent("node")
		Map<String, String> node() {
			return Map.of("node", this.node.toString());
		}

		@OnEvent("push_later")
		CompletionStage<ChannelPayload> later(ChannelPayload payload) {
			return CompletableFuture.supplyAsync(() -> payload);
		}

		@OnEvent({ "new_msg", "secret" })
		void broadcast(Channel channel, ChannelPayload payload) {
			channel.broadcast(payload.toString().contains("\"to\"") ? "secret" : "new_msg", payload);
		}

		@OnEvent("new_msg_from")
		void broadcastFrom(Channel channel, ChannelPayload payload) {
			channel.broadcastFrom("new_msg", payload);
		}

		@OnBroadcast("secret")
		@Nullable ChannelPayload outgoing(Channel channel, @Payload ChannelPayload payload) {
			JsonNode json = Optional.ofNullable(payload.as(JsonNode.class)).orElseThrow();
			return json.path("to").asString("").equals(channel.attributes().get("user")) ? payload : null;
		}

		@OnEvent("kick")
		Reply kick(JsonNode payload) {
			this.disconnect.accept("user_socket:" + payload.get("user_id").asString());
			return Reply.ok();
		}

		@OnEvent("boom")
		void boom() {
			throw new IllegalStateException("boom");
		}

		@OnEvent("stop")
		void stop(Channel channel) {
			channel.close();
		}

		@OnEvent("stop_reply")
		Reply stopWithReply(Channel channel, ChannelPayload payload) {
			channel.close();
			return Reply.ok(payload);
		}

	}

	@ChannelController("exact:topic")
	static class Exact {

		@OnEvent("echo")
		ChannelPayload echo(ChannelPayload payload) {
			return payload;
		}

	}

}
