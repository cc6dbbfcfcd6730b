package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

import io.clusterspring.ManagedCluster;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Ticker;

/**
 * Reacts to an Error on a thread of the engine: the node leaves the cluster, because
 * after an Error it may not work correctly. A thread that exists from the start checks
 * every second, because there may be no memory for a new one.
 */
final class FailureResponse implements SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final ApplicationContext context;

	private final ObjectProvider<ManagedCluster> cluster;

	private final Supplier<Stream<FailureSource>> engine;

	private final ObjectProvider<ConnectionDrain> drain;

	private final FailureProperties.Action action;

	private final ProcessExit exit;

	private volatile boolean answered;

	private final Ticker ticker = Ticker.withThread("cluster-failures", INTERVAL, this::look);

	FailureResponse(ApplicationContext context, ObjectProvider<ManagedCluster> cluster,
			Supplier<Stream<FailureSource>> engine, ObjectProvider<ConnectionDrain> drain, FailureProperties properties,
			IntConsumer exit) {
		this.context = context;
		this.cluster = cluster;
		this.engine = engine;
		this.drain = drain;
		this.action = properties.action();
		this.exit = new ProcessExit(context, exit);
	}

	private void look() {
		ManagedCluster present = this.cluster.getIfAvailable();
		if (this.answered || present == null || !present.isRunning()) {
			return;
		}
		Map<String, String> errors = new TreeMap<>();
		this.engine.get().forEach((source) -> errors.putAll(source.failures()));
		if (!errors.isEmpty()) {
			present.fail(errors.toString());
			// if a step above throws for want of memory, it is repeated
			this.answered = true;
			withdraw();
		}
	}

	private void withdraw() {
		AvailabilityChangeEvent.publish(this.context, this, ReadinessState.REFUSING_TRAFFIC);
		AvailabilityChangeEvent.publish(this.context, this, LivenessState.BROKEN);
		this.drain.ifAvailable(ConnectionDrain::stop);
		if (this.action == FailureProperties.Action.EXIT && this.ticker.isRunning()) {
			this.exit.begin("cluster.failure.action");
		}
	}

	@Override
	public void start() {
		this.answered = false;
		if (this.action != FailureProperties.Action.STAY) {
			this.ticker.start();
		}
	}

	@Override
	public void stop() {
		this.ticker.stop();
	}

	@Override
	public boolean isRunning() {
		return this.ticker.isRunning();
	}

	/** Starts before the cluster, whose boot may wait for other nodes. */
	@Override
	public int getPhase() {
		return ManagedCluster.PHASE - 1;
	}

	/**
	 * Properties of the reaction to a failure of the engine.
	 *
	 * @param action Action of a node after an Error of the JVM on a thread of its engine.
	 * In any case its health is down. 'leave' leaves the cluster, stops its distributed
	 * applications and disconnects its clients, until the node is restarted; 'exit' does
	 * the same and ends the process with code 75; 'stay' does nothing.
	 */
	record FailureProperties(@DefaultValue("leave") Action action) {

		/** The action of a node whose engine has failed. */
		enum Action {

			/** Leave the cluster. */
			LEAVE,

			/** Leave the cluster, and end the process. */
			EXIT,

			/** Do nothing. */
			STAY

		}

	}

}
