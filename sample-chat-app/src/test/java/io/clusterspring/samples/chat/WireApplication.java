package io.clusterspring.samples.chat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.channel.SocketRequest;

/**
 * Channels that use each part of the protocol, for tests of clients.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
// Spring Security is on the class path for the tests of tokens
@EnableAutoConfiguration(
		excludeName = { "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration" })
@Import({ WireApplication.Anything.class, WireApplication.Supabase.class, WireParts.class, WireGraph.class,
		WireTodos.class })
class WireApplication {

	/**
	 * Accepts all clients. A client can ask to be refused as by a proxy without WebSocket
	 * support, or twice with a status.
	 */
	@Bean
	SocketAuthorizer authorizer() {
		Map<String, Integer> refusals = new ConcurrentHashMap<>();
		return (request) -> {
			String refusal = request.parameter("refuse");
			if (refusal != null && refusals.merge(request.transport() + refusal, 1, Integer::sum) <= 2) {
				return SocketAuthorization.refuse(Integer.parseInt(refusal)).withRetryAfter(Duration.ofSeconds(1));
			}
			boolean blocked = request.transport().equals("websocket") && request.parameter("websocket") != null;
			return blocked ? SocketAuthorization.refuse() : accept(request);
		};
	}

	private static SocketAuthorization accept(SocketRequest request) {
		String token = (request.authToken() != null) ? request.authToken() : "none";
		SocketAuthorization accepted = SocketAuthorization.accept()
			.withAttribute("transport", request.transport())
			.withAttribute("token", token);
		String id = request.parameter("id");
		return (id != null) ? accepted.withId(id) : accepted;
	}

	@ChannelController("any:{id}")
	static class Anything {

		private final Channels channels;

		Anything(Channels channels) {
			this.channels = channels;
		}

		@OnEvent("echo")
		ChannelPayload echo(ChannelPayload payload) {
			return payload;
		}

		@OnEvent("shout")
		Reply shout(Channel channel, ChannelPayload payload) {
			channel.broadcast("shouted", payload);
			return Reply.ok();
		}

		@OnEvent("who")
		Map<String, Object> who(Channel channel) {
			return channel.attributes();
		}

		@OnEvent("kick")
		void kick(Channel channel) {
			this.channels.disconnect(String.valueOf(channel.socketId()));
		}

		@OnEvent("reverse")
		byte[] reverse(byte[] bytes) {
			byte[] reversed = new byte[bytes.length];
			for (int i = 0; i < bytes.length; i++) {
				reversed[i] = bytes[bytes.length - 1 - i];
			}
			return reversed;
		}

		@OnEvent("shout_reversed")
		void shoutReversed(Channel channel, byte[] bytes) {
			byte[] reversed = reverse(bytes);
			List<Integer> numbers = IntStream.range(0, reversed.length).mapToObj((i) -> (int) reversed[i]).toList();
			channel.broadcast("shouted", Map.of("bytes", numbers));
		}

		@OnEvent("push_back")
		void pushBack(Channel channel, byte[] bytes) {
			channel.push("pushed", bytes);
		}

		@OnEvent("shout_bytes")
		void shoutBytes(Channel channel, byte[] bytes) {
			channel.broadcast("shouted_bytes", bytes);
		}

	}

	/**
	 * Behaves as {@code @supabase/realtime-js} expects of its server.
	 */
	@ChannelController("realtime:{id}")
	static class Supabase {

		@OnJoin
		Reply join() {
			return Reply.ok(Map.of("postgres_changes", List.of()));
		}

		@OnEvent("broadcast")
		void broadcast(Channel channel, ChannelPayload payload) {
			channel.broadcastFrom("broadcast", payload);
		}

		@OnEvent({ "access_token", "presence" })
		void ignore() {
		}

	}

}
