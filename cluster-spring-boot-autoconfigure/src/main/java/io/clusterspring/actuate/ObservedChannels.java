package io.clusterspring.actuate;

import java.util.Locale;
import java.util.Set;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

import io.clusterspring.channel.ChannelCall;
import io.clusterspring.channel.ChannelCallInterceptor;
import io.clusterspring.channel.InvalidPayloadException;
import io.clusterspring.channel.Reply;

/**
 * Observes each call of a handler ({@code cluster.channel}), until its reply is known.
 * Topics, and events that the handler does not know, are chosen by clients, so they are
 * of high cardinality: they appear in traces, not in meters.
 */
final class ObservedChannels implements ChannelCallInterceptor, Ordered {

	// the application may reply with any other status
	private static final Set<String> OUTCOMES = Set.of("ok", "error", "none");

	private final ObservationRegistry registry;

	ObservedChannels(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable Object intercept(ChannelCall call) throws Exception {
		if (this.registry.isNoop()) {
			return call.proceed();
		}
		Observation observation = observation(call).start();
		Object result;
		try {
			result = proceed(call, observation);
		}
		catch (InvalidPayloadException ex) {
			stop(observation, "error", null);
			throw ex;
		}
		catch (Throwable ex) {
			stop(observation, null, ex);
			throw ex;
		}
		if (result instanceof Reply reply) {
			reply.whenKnown((outcome, failure) -> stop(observation, outcome, failure));
		}
		else {
			stop(observation, "none", null);
		}
		return result;
	}

	private static @Nullable Object proceed(ChannelCall call, Observation observation) throws Exception {
		Observation.Scope scope = observation.openScope();
		try {
			return call.proceed();
		}
		finally {
			scope.close();
		}
	}

	private Observation observation(ChannelCall call) {
		String type = call.type().name().toLowerCase(Locale.ROOT);
		String pattern = call.eventPattern();
		String event = (call.event() == null) ? "none" : (pattern != null) ? pattern : "other";
		return Observation.createNotStarted("cluster.channel", this.registry)
			.contextualName(type + " " + call.pattern())
			.lowCardinalityKeyValue(KeyValue.of("cluster.call", type))
			.lowCardinalityKeyValue(KeyValue.of("cluster.pattern", call.pattern()))
			.lowCardinalityKeyValue(KeyValue.of("cluster.event", event))
			.highCardinalityKeyValue(KeyValue.of("cluster.topic", call.channel().topic()))
			.highCardinalityKeyValue(KeyValue.of("cluster.connection", call.channel().connectionId()));
	}

	private static void stop(Observation observation, @Nullable String outcome, @Nullable Throwable failure) {
		if (failure != null) {
			observation.error(failure);
		}
		observation.lowCardinalityKeyValue("cluster.outcome",
				(outcome != null) ? (OUTCOMES.contains(outcome) ? outcome : "other") : "crash");
		observation.stop();
	}

}
