package io.clusterspring.presence;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.Channel;

/**
 * Who is here, by topic and key, on all nodes: Phoenix.Presence. A key is whom the
 * entries are about, such as a user's id; several may share it. An entry ends when it is
 * untracked, with its owner if that is a channel, or with this node.
 *
 * <p>
 * The lists of a node hold at once what is tracked on it, and soon what is tracked on
 * others; nobody waits for the network or for each other. Clients that have joined the
 * topic get {@code presence_diff}. All methods are thread-safe.
 */
public interface Presence {

	/**
	 * Track a channel on its topic, until it ends. The first time, the client is pushed
	 * {@code presence_state} once its join is complete, after the {@code presence_diff}
	 * that has it join, which the others on this node get then, too; {@code @OnJoin} is
	 * the place to do this.
	 * @param channel the channel
	 * @param key the key
	 * @param meta what to tell of it, which must encode to a JSON object
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
	 * Track on any topic, and for any owner. One that is no channel has to be untracked
	 * when it ends.
	 * @param owner on whose behalf; known by {@code equals}
	 * @param topic the topic
	 * @param key the key
	 * @param meta what to tell of it, which must encode to a JSON object
	 * @return the reference, which clients see as {@code phx_ref}
	 * @throws IllegalStateException if the owner has tracked the key already on the topic
	 * @throws IllegalArgumentException if the meta cannot be encoded, the topic has more
	 * than 255 bytes in UTF-8, topic or key is not well-formed, or key and meta are
	 * larger than {@code cluster.max-payload-size} together
	 */
	String track(Object owner, String topic, String key, Object meta);

	/**
	 * Replace what is told of a channel on its topic.
	 * @param channel the channel
	 * @param key the key
	 * @param meta what to tell of it from now on
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
	 * Replace what is told.
	 * @param owner the owner
	 * @param topic the topic
	 * @param key the key
	 * @param meta what to tell from now on
	 * @return the new reference
	 * @throws IllegalStateException if the owner has not tracked the key on the topic
	 * @throws IllegalArgumentException if the meta cannot be encoded, the topic has more
	 * than 255 bytes in UTF-8, topic or key is not well-formed, or key and meta are
	 * larger than {@code cluster.max-payload-size} together
	 */
	String update(Object owner, String topic, String key, Object meta);

	/**
	 * End what a channel has tracked on its topic. Does nothing if it has not.
	 * @param channel the channel
	 * @param key the key
	 */
	default void untrack(Channel channel, String key) {
		untrack(channel, channel.topic(), key);
	}

	/**
	 * End what was tracked. Does nothing if it was not.
	 * @param owner the owner
	 * @param topic the topic
	 * @param key the key
	 */
	void untrack(Object owner, String topic, String key);

	/**
	 * End all that an owner has tracked.
	 * @param owner the owner
	 */
	void untrack(Object owner);

	/**
	 * Push {@code presence_state} to a client that is not tracked itself, once its join
	 * is complete. Does nothing if the channel was pushed it before: what comes after are
	 * diffs.
	 * @param channel the channel
	 */
	void show(Channel channel);

	/**
	 * Return who is on a topic. Pushed or replied, the map is what clients expect.
	 * @param topic the topic
	 * @return the entries by key, a copy of the moment
	 */
	Map<String, PresenceEntry> list(String topic);

	/**
	 * Return who shares a key on a topic.
	 * @param topic the topic
	 * @param key the key
	 * @return the entry, {@code null} if there is none
	 */
	@Nullable PresenceEntry get(String topic, String key);

	/**
	 * Return how many keys there are on a topic. Costs nothing.
	 * @param topic the topic
	 * @return the size of the list
	 */
	int count(String topic);

}
