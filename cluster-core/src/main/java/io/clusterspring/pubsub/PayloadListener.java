package io.clusterspring.pubsub;

import java.lang.reflect.Type;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Passes plain payloads of one type to a listener, and ignores each {@link Broadcast}.
 *
 * @param type the type to read payloads as
 */
record PayloadListener<T>(Type type, Consumer<? super T> listener) implements Consumer<TopicMessage> {

	@Override
	@SuppressWarnings("unchecked")
	public void accept(TopicMessage message) {
		if (message.event() == null) {
			this.listener.accept((T) nonNull(message.payload(this.type)));
		}
	}

	private static Object nonNull(@Nullable Object payload) {
		if (payload == null) {
			throw new IllegalArgumentException("Payload is null");
		}
		return payload;
	}

}
