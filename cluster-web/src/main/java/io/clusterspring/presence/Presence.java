package io.clusterspring.presence;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.Channel;

/**
 * Tracks who is present on each topic, on all nodes: Phoenix.Presence. A key identifies
 * the tracked user or thing, such as a user's id; one key may have several entries. An
 * entry ends when it is untracked, when the channel that owns it ends, or when this node
 * stops.
 *
 * <p>
 * The lists of a node contain the entries of that node at once, and the entries of other
 * nodes shortly after they are tracked. No method waits for the network. Clients that
 * have joined the topic get {@code presence_diff}. All methods are thread-safe.
 */
public interface Presence {

	/**
	 * Track a channel on its topic, until it ends. Call this in {@code @OnJoin}. After
	 * the first call for a channel, when its join is complete, all clients on this node
	 * get a {@code presence_diff} with the join, and then the channel's client gets
	 * {@code presence_state}.
	 * @param channel the channel
	 * @param key the key
	 * @param meta the data of the entry, which must encode to a JSON object
	 * @return the reference, which clients see as {@code phx_ref}
	 * @throws IllegalStateException if the channel has tracked the key already
	 * @throws IllegalArgumentException if the meta cannot be encoded, the topic has more
	 * than 255 bytes in UTF-8, topic or key is not well-formed, or key and meta are
	 * larger than {@code cluster.max-payload-size} together
	 */
	default String track(Channel channel, String key, Object meta) {
		return track(channel, channel.topic(), key, meta);
	}

	/**
	 * Track on any topic, for any owner. An owner that is not a channel must be untracked
	 * when it ends.
	 * @param owner the owner of the entry, identified by {@code equals}
	 * @param topic the topic
	 * @param key the key
	 * @param meta the data of the entry, which must encode to a JSON object
	 * @return the reference, which clients see as {@code phx_ref}
	 * @throws IllegalStateException if the owner has tracked the key already on the topic
	 * @throws IllegalArgumentException if the meta cannot be encoded, the topic has more
	 * than 255 bytes in UTF-8, topic or key is not well-formed, or key and meta are
	 * larger than {@code cluster.max-payload-size} together
	 */
	String track(Object owner, String topic, String key, Object meta);

	/**
	 * Replace the data of a channel's entry on its topic.
	 * @param channel the channel
	 * @param key the key
	 * @param meta the new data
	 * @return the new reference
	 * @throws IllegalStateException if the channel has not tracked the key
	 * @throws IllegalArgumentException if the meta cannot be encoded, the topic has more
	 * than 255 bytes in UTF-8, topic or key is not well-formed, or key and meta are
	 * larger than {@code cluster.max-payload-size} together
	 */
	default String update(Channel channel, String key, Object meta) {
		return update(channel, channel.topic(), key, meta);
	}

	/**
	 * Replace the data of an entry.
	 * @param owner the owner
	 * @param topic the topic
	 * @param key the key
	 * @param meta the new data
	 * @return the new reference
	 * @throws IllegalStateException if the owner has not tracked the key on the topic
	 * @throws IllegalArgumentException if the meta cannot be encoded, the topic has more
	 * than 255 bytes in UTF-8, topic or key is not well-formed, or key and meta are
	 * larger than {@code cluster.max-payload-size} together
	 */
	String update(Object owner, String topic, String key, Object meta);

	/**
	 * Remove a channel's entry on its topic. Nothing happens if there is none.
	 * @param channel the channel
	 * @param key the key
	 */
	default void untrack(Channel channel, String key) {
		untrack(channel, channel.topic(), key);
	}

	/**
	 * Remove an entry. Nothing happens if there is none.
	 * @param owner the owner
	 * @param topic the topic
	 * @param key the key
	 */
	void untrack(Object owner, String topic, String key);

	/**
	 * Remove all entries of an owner.
	 * @param owner the owner
	 */
	void untrack(Object owner);

	/**
	 * Push {@code presence_state} to a client that is not tracked itself, when its join
	 * is complete. Later changes are sent as diffs, so a second call for the same channel
	 * does nothing.
	 * @param channel the channel
	 */
	void show(Channel channel);

	/**
	 * Return the entries of a topic. The map can be pushed or replied to Phoenix clients
	 * as it is.
	 * @param topic the topic
	 * @return a snapshot of the entries by key
	 */
	Map<String, PresenceEntry> list(String topic);

	/**
	 * Return the entry of a key on a topic.
	 * @param topic the topic
	 * @param key the key
	 * @return the entry, or {@code null}
	 */
	@Nullable PresenceEntry get(String topic, String key);

	/**
	 * Return the number of keys on a topic, without creating the list.
	 * @param topic the topic
	 * @return the number of keys
	 */
	int count(String topic);

}
