package io.clusterspring.channel;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.clusterspring.pubsub.TopicMessage;

/**
 * Handles the channels of a family of topics. The annotations build on this interface;
 * applications can implement it directly. One instance serves many channels. The calls
 * for one channel come one at a time and in order, on the executor of the cluster. An
 * exception ends the channel.
 */
public interface ChannelHandler {

	/**
	 * Decide about a join. Pushes made in this method are sent after the reply.
	 * @param channel the channel
	 * @param payload the payload of the join
	 * @return {@link Reply#error} to refuse
	 * @throws Exception to refuse with {@code join crashed}
	 */
	Reply onJoin(Channel channel, ChannelPayload payload) throws Exception;

	/**
	 * Handle an event of the client.
	 * @param channel the channel
	 * @param event the event
	 * @param payload the payload
	 * @return the reply
	 * @throws Exception to crash the channel
	 */
	Reply onEvent(Channel channel, String event, ChannelPayload payload) throws Exception;

	/**
	 * Return the names of the events that this handler knows, of clients and of
	 * broadcasts. Only these appear in meters, because a client may send any name. A name
	 * that ends with {@code *} is a pattern, as in {@link OnEvent}; it appears in place
	 * of the events that it matches. The result must not change.
	 * @return the names and patterns of the events
	 */
	default Set<String> events() {
		return Set.of();
	}

	/**
	 * Called when a joined channel has ended.
	 * @param channel the channel
	 * @param reason the reason
	 * @throws Exception is logged
	 */
	default void onLeave(Channel channel, LeaveReason reason) throws Exception {
	}

	/**
	 * Decide whether a client may stay in a joined channel, after it has refreshed its
	 * right to be connected.
	 * @param channel the channel, with the new user and attributes
	 * @return {@link Reply#error} to end the channel; the reply must be known at once
	 * @throws Exception to crash the channel
	 */
	default Reply onRefresh(Channel channel) throws Exception {
		return Reply.none();
	}

	/**
	 * Return whether {@link #onBroadcast} handles an event. The result must not change.
	 * @param event the event
	 * @return {@code true} to intercept it
	 */
	default boolean intercepts(String event) {
		return false;
	}

	/**
	 * Handle an intercepted broadcast, once for each member.
	 * @param channel the channel
	 * @param event the event
	 * @param payload the payload
	 * @return the payload to push instead, or {@code null} to drop the broadcast
	 * @throws Exception to crash the channel
	 */
	default @Nullable Object onBroadcast(Channel channel, String event, ChannelPayload payload) throws Exception {
		return payload;
	}

	/**
	 * Return whether {@link #onMessage} handles plain payloads. The result must not
	 * change.
	 * @return {@code true} to get them
	 */
	default boolean hearsMessages() {
		return false;
	}

	/**
	 * Handle a plain payload broadcast on the topic, once for each member.
	 * @param channel the channel
	 * @param message the message
	 * @throws Exception to crash the channel
	 */
	default void onMessage(Channel channel, TopicMessage message) throws Exception {
	}

}
