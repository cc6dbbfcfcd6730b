package io.clusterspring.channel;

import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * One client's membership in one topic. Sending is thread-safe, does not block, and does
 * nothing once the channel has ended. Payloads are encoded as JSON; {@code byte[]} is
 * sent as it is. A client that speaks version 1.0 of the protocol gets no binary
 * payloads: pushes and broadcasts are left out, and a binary reply becomes an error
 * reply.
 */
public interface Channel extends Executor {

	/**
	 * Return the topic.
	 * @return the topic
	 */
	String topic();

	/**
	 * Return the values of the pattern's variables in the topic.
	 * @return the values by the name of the variable
	 */
	Map<String, String> variables();

	/**
	 * Return the id of the connection. It is unique on all nodes and appears in the log.
	 * @return the connection's id
	 */
	String connectionId();

	/**
	 * Return the id that a {@link SocketAuthorizer} gave to the socket, for
	 * {@link Channels#disconnect}. Other sockets may have it too.
	 * @return the id, or {@code null}
	 */
	@Nullable String socketId();

	/**
	 * Return the user that was authenticated when the socket opened: the user of the HTTP
	 * request, or the user that a {@link SocketAuthorizer} set.
	 * @return the user, or {@code null}
	 */
	@Nullable Principal user();

	/**
	 * Return the attributes of this membership: Phoenix's assigns. As in Phoenix, each
	 * channel starts with a copy of the socket's attributes from the
	 * {@link SocketAuthorizer}, and channels of a socket do not see each other's changes.
	 * The map is thread-safe and ends with the channel.
	 * @return a mutable map
	 */
	Map<String, Object> attributes();

	/**
	 * Send an event to this client only.
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or a value that encodes to a JSON
	 * object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void push(String event, Object payload);

	/**
	 * Send an event to this client only, on a topic that it need not have joined, as
	 * Absinthe sends the data of subscriptions. The message looks like a broadcast.
	 * phoenix.js passes it to {@code socket.onMessage}, and to the channel of the topic
	 * if there is one.
	 * @param topic the topic
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or a value that encodes to a JSON
	 * object
	 * @throws IllegalArgumentException if the payload cannot be encoded, or the topic is
	 * empty or longer than 255 bytes
	 */
	void pushOn(String topic, String event, Object payload);

	/**
	 * Send an event to all members of the topic on all nodes, including this channel.
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or a value that encodes to a JSON
	 * object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcast(String event, Object payload);

	/**
	 * Send an event to all members of the topic on all nodes, except this channel.
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or a value that encodes to a JSON
	 * object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcastFrom(String event, Object payload);

	/**
	 * Send an event to all members of the topic on this node, including this channel.
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or a value that encodes to a JSON
	 * object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcastLocal(String event, Object payload);

	/**
	 * Send an event to all members of the topic on this node, except this channel.
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or a value that encodes to a JSON
	 * object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcastLocalFrom(String event, Object payload);

	/**
	 * End the channel: the client gets {@code phx_close} and does not rejoin. If a
	 * handler method calls this, it takes effect after the method's reply. The socket
	 * stays open.
	 */
	void close();

	/**
	 * Run a task on the channel, one at a time with the handler's methods and after the
	 * messages that already wait, as a Phoenix channel handles a message to itself. A
	 * task submitted in {@code @OnJoin} runs after the join is complete. The task does
	 * not run if the channel has ended by then. If the task fails, the channel crashes.
	 * @param task the task
	 * @throws java.util.concurrent.RejectedExecutionException if the channel's mailbox is
	 * full
	 */
	@Override
	void execute(Runnable task);

	/**
	 * Run a task on the channel after some time, as {@link #execute} does: Phoenix's
	 * {@code Process.send_after(self(), ...)}. The timer ends with the channel. If the
	 * channel has ended, nothing happens.
	 * @param delay the time from now
	 * @param task the task
	 * @return the timer, which can be cancelled
	 * @throws IllegalArgumentException if the delay is negative or longer than a year
	 * @throws java.util.concurrent.RejectedExecutionException if the channel has as many
	 * timers as {@code cluster.channels.max-timers} allows
	 */
	ChannelTimer after(Duration delay, Runnable task);

	/**
	 * Run a task on the channel again and again: {@code :timer.send_interval} of Erlang.
	 * It runs one period from now for the first time. A moment that comes while the task
	 * runs, or waits to run, is skipped. The timer ends with the channel.
	 * @param period the time between two runs, 1 ms at least
	 * @param task the task
	 * @return the timer, which can be cancelled
	 * @throws IllegalArgumentException if the period is shorter than 1 ms or longer than
	 * a year
	 * @throws java.util.concurrent.RejectedExecutionException if the channel has as many
	 * timers as {@code cluster.channels.max-timers} allows
	 */
	ChannelTimer every(Duration period, Runnable task);

	/**
	 * Run an action when the channel ends, for any reason, also if the join is refused.
	 * If the channel has already ended, the action runs at once. It must not block.
	 * @param action the action
	 */
	void onEnd(Runnable action);

}
