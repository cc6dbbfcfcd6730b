package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.clusterspring.drain.ConnectionDrain;

/**
 * Properties of channels.
 *
 * @param enabled Whether to accept Phoenix clients.
 * @param paths Paths of the sockets, each with '/websocket' below it for WebSocket.
 * @param allowedOrigins Origins, or patterns of origins, whose pages may connect in
 * addition to the server's own. '*' allows all.
 * @param maxMessageSize Maximum size of a frame, and of a message in fragments, from a
 * client. A larger one closes the socket with code 1009. For a client that polls, the
 * largest request; a larger one is refused with status 413.
 * @param outboxCapacity Maximum size of the data that waits for a client that does not
 * read. More closes the socket with code 1008.
 * @param outboxTimeout Time that a message waits for a client that does not read. After
 * that time, or up to twice as long, the socket is closed with code 1008.
 * @param mailboxCapacity Maximum number of messages that wait for one channel. A further
 * message of a client is answered with reason 'overloaded'.
 * @param maxChannels Maximum number of channels of one socket. A further join is answered
 * with reason 'too many channels joined'.
 * @param maxJoinSize Maximum size of the payload of a join. A larger one is answered with
 * reason 'join payload too large'.
 * @param maxPendingSize Maximum size of the messages that wait in all channels of one
 * socket. A further message of a client is answered with reason 'overloaded'; a further
 * broadcast is lost for the handler that intercepts it. Closed sockets together leave at
 * most 16 times this size waiting on a node.
 * @param joinTimeout Time that a join waits for the stage that '@OnJoin' has returned.
 * After that it is refused with reason 'join timeout'.
 * @param replyTimeout Time that a reply waits for the stage that a handler has returned.
 * After that the reply is an error with reason 'reply timeout'.
 * @param maxTimers Maximum number of timers of one channel. A further one is refused with
 * an exception to the handler.
 * @param idleTimeout Time that a client may be silent. After that its socket is closed
 * with code 1002.
 * @param expiryNotice Time before the end of a socket at which its client gets the event
 * 'expiring', to refresh its right. 0 means no event.
 * @param expireWithToken Whether a socket ends when the bearer token expires by which
 * Spring Security has authenticated its user.
 * @param maxSockets Maximum number of WebSocket clients. Further clients are refused with
 * status 503. Defaults to the number that the file descriptors of the process allow.
 * @param handshakesPerSecond Maximum number of handshakes per second, which may all come
 * at once after a second without any. Further handshakes are refused with status 503. 0
 * means no limit.
 * @param messagesPerSecond Maximum number of messages per second from a socket. Further
 * messages are answered with reason 'rate_limited'; twice the maximum closes the socket
 * with code 1008. 0 means no limit.
 * @param channelMessagesPerSecond Maximum number of messages per second from a socket to
 * one channel, with the same consequences. 0 means no limit.
 * @param drain Properties of how sockets, and STOMP sessions, are closed when the
 * application stops.
 * @param longPoll Properties of long polling.
 * @param tomcat Properties of Tomcat's connections.
 */
record ChannelProperties(@DefaultValue("true") boolean enabled, @DefaultValue("/socket") Set<String> paths,
		@DefaultValue List<String> allowedOrigins, @DefaultValue("1MB") DataSize maxMessageSize,
		@DefaultValue("1MB") DataSize outboxCapacity, @DefaultValue("30s") Duration outboxTimeout,
		@DefaultValue("1000") int mailboxCapacity, @DefaultValue("100") int maxChannels,
		@DefaultValue("64KB") DataSize maxJoinSize, @DefaultValue("2MB") DataSize maxPendingSize,
		@DefaultValue("10s") Duration joinTimeout, @DefaultValue("60s") Duration replyTimeout,
		@DefaultValue("100") int maxTimers, @DefaultValue("60s") Duration idleTimeout,
		@DefaultValue("30s") Duration expiryNotice, @DefaultValue("true") boolean expireWithToken,
		@Nullable Integer maxSockets, @DefaultValue("5000") int handshakesPerSecond,
		@DefaultValue("0") int messagesPerSecond, @DefaultValue("0") int channelMessagesPerSecond,
		@DefaultValue Drain drain, @DefaultValue LongPoll longPoll, @DefaultValue Tomcat tomcat) {

	/**
	 * Properties of long polling.
	 *
	 * @param enabled Whether clients may poll, at '/longpoll' below the path of a socket.
	 * @param maxSessions Maximum number of long-poll clients of this node. A further
	 * client gets status 500 and tries again.
	 * @param bufferCapacity Maximum size of the data that waits for a client that does
	 * not poll. More ends its session.
	 * @param pollTimeout Time that a request waits for data. The same on all nodes.
	 * @param sessionTimeout Time after which a session ends without a request, and for
	 * which the body of a request may take.
	 */
	record LongPoll(@DefaultValue("true") boolean enabled, @DefaultValue("10000") int maxSessions,
			@DefaultValue("1MB") DataSize bufferCapacity, @DefaultValue("10s") Duration pollTimeout,
			@DefaultValue("20s") Duration sessionTimeout) {
	}

	/**
	 * Properties of how sockets, and STOMP sessions, are closed when the application
	 * stops.
	 *
	 * @param batchSize Number of sockets and STOMP sessions to close at a time.
	 * @param interval Time between two batches.
	 * @param timeout Maximum time for all batches. Batches become larger if they would
	 * take more than three quarters of it.
	 */
	record Drain(@DefaultValue("500") int batchSize, @DefaultValue("100ms") Duration interval,
			@DefaultValue("30s") Duration timeout) {

		ConnectionDrain.Settings settings() {
			return new ConnectionDrain.Settings(this.batchSize, this.interval, this.timeout);
		}

	}

	/**
	 * Properties of Tomcat's connections, for sockets and for requests.
	 *
	 * @param readBuffer Size of the read buffer of each connection. Tomcat's own default
	 * is 8KB. TLS uses larger buffers.
	 * @param writeBuffer Size of the write buffer of each connection. Tomcat's own
	 * default is 8KB. Longer responses are sent in several writes. TLS uses larger
	 * buffers.
	 */
	record Tomcat(@DefaultValue("2KB") DataSize readBuffer, @DefaultValue("4KB") DataSize writeBuffer) {
	}

}
