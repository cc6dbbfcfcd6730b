package io.clusterspring.actuate;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;

import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Observations around every broadcast ({@code cluster.broadcast}) and every delivery to a
 * listener ({@code cluster.deliver}). With tracing, its propagator writes the context
 * (W3C's by default) into the headers of the message, and the delivery on the other node
 * belongs to the trace. The topic is a key of high cardinality: in traces, not in meters.
 */
public final class ObservedMessages implements MessageObserver {

	private final ObservationRegistry registry;

	/**
	 * Create the observer.
	 * @param registry takes the observations
	 */
	public ObservedMessages(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void broadcasting(String topic, Consumer<Map<String, String>> broadcast) {
		if (this.registry.isNoop()) {
			broadcast.accept(Map.of());
			return;
		}
		SenderContext<Map<String, String>> context = new SenderContext<>((headers, name, value) -> {
			if (headers != null) {
				headers.put(name, value);
			}
		}, Kind.PRODUCER);
		Map<String, String> headers = new HashMap<>();
		context.setCarrier(headers);
		context.setRemoteServiceName("cluster");
		observation("cluster.broadcast", "broadcast", topic, context).observe(() -> broadcast.accept(headers));
	}

	@Override
	public void delivering(TopicMessage message, Runnable listener) {
		if (this.registry.isNoop()) {
			listener.run();
			return;
		}
		ReceiverContext<Map<String, String>> context = new ReceiverContext<>((headers, name) -> headers.get(name),
				Kind.CONSUMER);
		context.setCarrier(message.headers());
		observation("cluster.deliver", "deliver", message.topic(), context).observe(listener);
	}

	private Observation observation(String name, String verb, String topic, Observation.Context context) {
		return Observation.createNotStarted(name, () -> context, this.registry)
			.contextualName(verb + " " + topic)
			.highCardinalityKeyValue(KeyValue.of("cluster.topic", topic));
	}

}
