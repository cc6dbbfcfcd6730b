package io.clusterspring.autoconfigure;

import org.springframework.util.unit.DataSize;

import io.clusterspring.channel.limit.ClientLimits;
import io.clusterspring.channel.limit.HandlerLimits;
import io.clusterspring.channel.longpoll.LongPollSettings;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.channel.websocket.ChannelEndpoint.SocketLimits;
import io.clusterspring.http.events.EventsSettings;
import io.clusterspring.http.publish.PublishSettings;
import io.clusterspring.presence.PresenceLimits;

/**
 * Makes the settings of channels and presence of the properties. The properties name none
 * of these types, so that an application without channels can bind them.
 */
final class WebSettings {

	private WebSettings() {
	}

	static ChannelSettings channels(ChannelProperties channels, HandlerLimits handlers) {
		return new ChannelSettings(channels.paths(), channels.mailboxCapacity(),
				new ClientLimits(channels.maxChannels(), bytes(channels.maxJoinSize()),
						bytes(channels.maxPendingSize()), channels.handshakesPerSecond(), channels.messagesPerSecond(),
						channels.channelMessagesPerSecond()),
				handlers, channels.expiryNotice());
	}

	static HandlerLimits handlers(ClusterProperties properties) {
		Integer perSocket = properties.executor().threadsPerSocket();
		Integer perController = properties.executor().threadsPerController();
		return new HandlerLimits((perSocket != null) ? perSocket : 0, (perController != null) ? perController : 0,
				properties.channels().joinTimeout(), properties.channels().replyTimeout(),
				properties.channels().maxTimers());
	}

	static SocketLimits sockets(ChannelProperties channels) {
		return new SocketLimits(bytes(channels.maxMessageSize()), bytes(channels.outboxCapacity()),
				channels.outboxTimeout(), channels.idleTimeout());
	}

	static LongPollSettings longPoll(ChannelProperties channels) {
		ChannelProperties.LongPoll longPoll = channels.longPoll();
		return new LongPollSettings(longPoll.maxSessions(), bytes(longPoll.bufferCapacity()),
				bytes(channels.maxMessageSize()), longPoll.pollTimeout(), longPoll.sessionTimeout());
	}

	static PresenceLimits presence(PresenceProperties presence) {
		return new PresenceLimits(presence.heartbeatInterval(), presence.deltaInterval(), presence.diffInterval(),
				presence.queueCapacity(), bytes(presence.pageSize()));
	}

	static PublishSettings publish(HttpProperties http) {
		HttpProperties.Publish publish = http.publish();
		return new PublishSettings(http.path(), bytes(publish.maxRequestSize()), publish.requestTimeout(),
				publish.maxBatch(), publish.maxKeys(), publish.keyRetention());
	}

	static EventsSettings events(ClusterProperties properties) {
		HttpProperties.Events events = properties.http().events();
		return new EventsSettings(properties.http().path(), properties.channels().allowedOrigins(),
				events.maxConnections(), bytes(events.bufferCapacity()), events.writeTimeout(), events.heartbeat(),
				events.retry());
	}

	private static int bytes(DataSize size) {
		return Math.toIntExact(size.toBytes());
	}

}
