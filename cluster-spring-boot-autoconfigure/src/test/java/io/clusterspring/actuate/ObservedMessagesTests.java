package io.clusterspring.actuate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.TopicMessage;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObservedMessages} with a real tracer.
 */
class ObservedMessagesTests {

	private static final Executor DIRECT = Runnable::run;

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("observed");

	private final Tracer tracer;

	private final ObservationRegistry registry = ObservationRegistry.create();

	ObservedMessagesTests() {
		ContextPropagators propagators = ContextPropagators.create(W3CTraceContextPropagator.getInstance());
		io.opentelemetry.api.trace.Tracer otel = OpenTelemetrySdk.builder()
			.setTracerProvider(SdkTracerProvider.builder().build())
			.setPropagators(propagators)
			.build()
			.getTracer("test");
		this.tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), (event) -> {
		});
		OtelPropagator propagator = new OtelPropagator(propagators, otel);
		this.registry.observationConfig()
			.observationHandler(new PropagatingSenderTracingObservationHandler<>(this.tracer, propagator))
			.observationHandler(new PropagatingReceiverTracingObservationHandler<>(this.tracer, propagator));
	}

	@Test
	void aTraceCrossesNodes() throws Exception {
		ClusterPubSub n1 = start("n1@127.0.0.1", this.registry);
		ClusterPubSub n2 = start("n2@127.0.0.1", this.registry);
		BlockingQueue<Map<String, String>> heard = new LinkedBlockingQueue<>();
		n2.subscribe("orders", (TopicMessage message) -> heard.add(Map.of("trace", currentTrace(), "traceparent",
				Objects.requireNonNull(message.headers().get("traceparent")))));
		Span span = this.tracer.nextSpan().name("test").start();
		Tracer.SpanInScope scope = this.tracer.withSpan(span);
		n1.broadcast("orders", "x");
		scope.close();
		String trace = span.context().traceId();
		Map<String, String> delivered = heard.poll(5, TimeUnit.SECONDS);
		assertThat(delivered).containsEntry("trace", trace);
		assertThat(delivered.get("traceparent")).startsWith("00-" + trace + "-");
	}

	@Test
	void aTraceCrossesWithAMessageOfTheBroker() {
		ObservedBridge bridge = new ObservedBridge(new CrossingObservations(this.registry, "cluster.destination"));
		Map<String, String> crossing = new HashMap<>();
		Span span = this.tracer.nextSpan().name("test").start();
		Tracer.SpanInScope scope = this.tracer.withSpan(span);
		bridge.sending("/topic/a", crossing::putAll);
		scope.close();
		List<String> traces = new ArrayList<>();
		bridge.delivering("/topic/a", crossing, () -> traces.add(currentTrace()));
		assertThat(traces).containsExactly(span.context().traceId());
		bridge.delivering("/topic/a", Map.of(), () -> traces.add(currentTrace()));
		assertThat(traces.get(1)).isNotEqualTo(traces.get(0));
	}

	@Test
	void withoutObservationsNothingIsAttached() throws Exception {
		ClusterPubSub n1 = start("n1@127.0.0.1", ObservationRegistry.NOOP);
		BlockingQueue<Map<String, String>> heard = new LinkedBlockingQueue<>();
		n1.subscribe("orders", (TopicMessage message) -> heard.add(message.headers()));
		n1.broadcast("orders", "x");
		assertThat(heard.poll(5, TimeUnit.SECONDS)).isEmpty();
	}

	private String currentTrace() {
		return Objects.requireNonNull(this.tracer.currentSpan()).context().traceId();
	}

	private ClusterPubSub start(String node, ObservationRegistry registry) {
		ClusterTransport transport = this.network.transport(Node.of(node));
		ClusterWire wire = new ClusterWire(transport, DIRECT, 10);
		ClusterPubSub pubSub = new ClusterPubSub(wire, new JacksonPayloadCodec(JsonMapper.shared()), DIRECT, 10,
				new ObservedMessages(new CrossingObservations(registry, "cluster.topic")));
		transport.connect(wire);
		return pubSub;
	}

}
