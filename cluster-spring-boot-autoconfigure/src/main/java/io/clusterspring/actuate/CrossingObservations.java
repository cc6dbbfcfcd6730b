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

/**
 * Observes messages that are sent to other nodes ({@code cluster.broadcast}) and messages
 * that are delivered ({@code cluster.deliver}). With tracing, the propagator writes the
 * trace context (W3C's by default) into the headers, so that the delivery on the other
 * node belongs to the same trace. The destination is a key of high cardinality: it
 * appears in traces, not in meters.
 */
record CrossingObservations(ObservationRegistry registry, String key) {

	void sending(String name, Consumer<Map<String, String>> send) {
		if (this.registry.isNoop()) {
			send.accept(Map.of());
			return;
		}
		SenderContext<Map<String, String>> context = new SenderContext<>((headers, header, value) -> {
			if (headers != null) {
				headers.put(header, value);
			}
		}, Kind.PRODUCER);
		Map<String, String> headers = new HashMap<>();
		context.setCarrier(headers);
		context.setRemoteServiceName("cluster");
		observation("cluster.broadcast", "broadcast", name, context).observe(() -> send.accept(headers));
	}

	void delivering(String name, Map<String, String> headers, Runnable deliver) {
		if (this.registry.isNoop()) {
			deliver.run();
			return;
		}
		ReceiverContext<Map<String, String>> context = new ReceiverContext<>((carrier, header) -> carrier.get(header),
				Kind.CONSUMER);
		context.setCarrier(headers);
		observation("cluster.deliver", "deliver", name, context).observe(deliver);
	}

	private Observation observation(String observed, String verb, String name, Observation.Context context) {
		return Observation.createNotStarted(observed, () -> context, this.registry)
			.contextualName(verb + " " + name)
			.highCardinalityKeyValue(KeyValue.of(this.key, name));
	}

}
