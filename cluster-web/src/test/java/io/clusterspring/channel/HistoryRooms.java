package io.clusterspring.channel;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rooms of numbers with a history, and what their clients get.
 */
final class HistoryRooms {

	private HistoryRooms() {
	}

	static JsonNode event(Client client, String event) {
		String text = client.next();
		assertThat(text).contains("\"" + event + "\"");
		return JsonMapper.shared().readTree(text);
	}

	static int number(Client client) {
		return event(client, "number").path(4).path("n").intValue();
	}

	static String numberOf(Client client, int number) {
		JsonNode message = event(client, "number");
		assertThat(message.path(4).path("n").intValue()).isEqualTo(number);
		return message.path(1).stringValue();
	}

	static JsonNode recovered(Client client, @Nullable Boolean recovered) {
		JsonNode message = event(client, "$history");
		assertThat(message.path(0).stringValue()).as("join reference").isEqualTo("1");
		JsonNode payload = message.path(4);
		assertThat(payload.has("recovered")).isTrue();
		assertThat(payload.path("recovered").isNull() ? null : payload.path("recovered").booleanValue())
			.isEqualTo(recovered);
		assertThat(payload.has("reason")).isEqualTo(Boolean.FALSE.equals(recovered));
		return payload;
	}

	@ChannelController({ "room:{room}", "plain:{room}" })
	static class Room {

		final AtomicReference<String> joined = new AtomicReference<>("");

		@OnJoin
		Reply join(Channel channel, ChannelPayload payload) {
			this.joined.set(payload.toString());
			if (payload.toString().contains("banned")) {
				return Reply.refuse("banned");
			}
			return channel.topic().startsWith("plain") ? Reply.ok(payload) : Reply.ok();
		}

		@OnEvent("to_others")
		Reply toOthers(Channel channel, ChannelPayload payload) {
			channel.broadcastFrom("number", payload);
			return Reply.ok();
		}

		@OnEvent("shout")
		Reply shout(Channel channel, ChannelPayload payload) {
			channel.broadcast("number", payload);
			return Reply.ok();
		}

		@OnBroadcast("seen")
		ChannelPayload seen(ChannelPayload payload) {
			return payload;
		}

		@OnBroadcast("hidden")
		void hide(ChannelPayload payload) {
		}

	}

}
