package io.clusterspring.channel;

import java.security.Principal;
import java.util.Map;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * One client's membership in one topic. Sending is thread-safe and does not wait; once
 * the channel has ended it does nothing. Payloads are encoded as JSON, but {@code byte[]}
 * is sent as it is. Clients that speak version 1.0 of the protocol get nothing binary:
 * pushes and broadcasts of it are left out for them, and a reply is an error that says
 * so.
 */
public interface Channel extends Executor {

	/**
	 * Return the topic.
	 * @return the topic
	 */
	String topic();

	/**
	 * Return the parts of the topic that the pattern's variables stand for.
	 * @return the values by the names of the variables
	 */
	Map<String, String> variables();

	/**
	 * Return an id of the connection, unique on all nodes, as it appears in the log.
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
	 * Return who was authenticated when the socket was opened: the user of the HTTP
	 * request, or whom a {@link SocketAuthorizer} named.
	 * @return the user, or {@code null}
	 */
	@Nullable Principal user();

	/**
	 * Return what the application wants to remember about this membership, Phoenix's
	 * assigns. As there, it begins with what a {@link SocketAuthorizer} remembered of the
	 * socket, and the channels of a socket do not see each other's changes. The map is
	 * thread-safe and ends with the channel.
	 * @return a mutable map
	 */
	Map<String, Object> attributes();

	/**
	 * Send an event to this client only.
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or what encodes to a JSON object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void push(String event, Object payload);

	/**
	 * Send an event to all members of the topic on all nodes, this one included.
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or what encodes to a JSON object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcast(String event, Object payload);

	/**
	 * Send an event to all members of the topic on all nodes but this one.
	 * @param event the event
	 * @param payload the payload: {@code byte[]}, or what encodes to a JSON object
	 * @throws IllegalArgumentException if the payload cannot be encoded
	 */
	void broadcastFrom(String event, Object payload);

	/**
	 * End the channel: the client gets {@code phx_close} and does not rejoin. Called in a
	 * handler method, it takes effect after its reply. The socket stays open.
	 */
	void close();

	/**
	 * Run a task where the handler's methods run, after what waits there, as Phoenix's
	 * channels do what they send to themselves: in {@code @OnJoin} it runs when the join
	 * is complete. If the channel has ended by then it does not run; if the task fails,
	 * the channel crashes.
	 * @param task the task
	 * @throws java.util.concurrent.RejectedExecutionException if too much is waiting
	 */
	@Override
	void execute(Runnable task);

	/**
	 * Have something done when the channel ends, whatever the reason and whether or not
	 * the join was refused; at once if it has ended. It must not wait for anything.
	 * @param action the action
	 */
	void onEnd(Runnable action);

}
