package io.clusterspring.benchmarks.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.clusterspring.benchmarks.chaos.NodeEvent.Kind;

/**
 * The nodes {@code n1}, {@code n2} and so on, each a process on a machine of its own.
 */
final class Fleet implements AutoCloseable {

	// a view counts as stable if it does not change for this time
	private static final Duration STABLE = Duration.ofSeconds(2);

	private static final Duration BOOT = Duration.ofSeconds(120);

	private final ChaosSettings settings;

	private final String cluster = "chaos-" + UUID.randomUUID();

	private final Machines machines;

	private final List<ChaosProcess> processes = new ArrayList<>();

	Fleet(ChaosSettings settings) {
		this.settings = settings;
		this.machines = new Machines(settings.nodes());
	}

	// starts a process on each of some machines, and lets all connect at the same moment
	long start(List<Integer> numbers) throws IOException, InterruptedException {
		List<ChaosProcess> started = new ArrayList<>();
		for (int number : numbers) {
			ChaosProcess process = ChaosProcess.start("n" + number, number, this.machines.prefix(number),
					this.settings.options(), arguments(number));
			started.add(process);
			this.processes.add(process);
		}
		await("All are about to connect", BOOT, () -> started.stream().allMatch((each) -> each.has(Kind.READY)));
		long start = System.nanoTime();
		started.forEach((process) -> process.tell("go"));
		started.forEach((process) -> process.tell("rate " + this.settings.rate()));
		return start;
	}

	private List<String> arguments(int number) {
		List<Integer> all = IntStream.rangeClosed(1, this.settings.nodes()).boxed().toList();
		String listed = String.join(",", all.stream().map(Fleet::node).toList());
		return List.of(String.join(",", all.stream().map((each) -> "n" + each).toList()),
				"--cluster.name=" + this.cluster, "--cluster.node=" + node(number),
				"--cluster.sync-nodes-optional=" + listed,
				"--cluster.sync-nodes-timeout=" + this.settings.sync().toMillis(),
				"--cluster.distributed." + ChaosNode.SINGLE + ".nodes=" + listed,
				"--cluster.distributed." + ChaosNode.VOTED + ".nodes=" + listed,
				"--cluster.distributed." + ChaosNode.VOTED + ".quorum=majority", "--logging.level.root=warn",
				// no other program uses the network
				"--logging.level.io.clusterspring.jgroups.ConnectionSecurity=error", "--spring.main.banner-mode=off");
	}

	private static String node(int number) {
		return "n" + number + "@" + Machines.address(number);
	}

	List<ChaosProcess> processes() {
		return List.copyOf(this.processes);
	}

	List<ChaosProcess> alive() {
		return this.processes.stream().filter(ChaosProcess::isAlive).toList();
	}

	/**
	 * Return the live nodes in the order of their view.
	 * @return the live nodes, the coordinator first
	 */
	List<ChaosProcess> inOrder() {
		List<ChaosProcess> alive = alive();
		return alive.get(0)
			.life()
			.view(System.nanoTime())
			.stream()
			.map((name) -> alive.stream().filter((process) -> process.name().equals(name)).findFirst().orElseThrow())
			.toList();
	}

	Timeline timeline() {
		return new Timeline(this.processes.stream().map(ChaosProcess::life).toList());
	}

	Machines machines() {
		return this.machines;
	}

	// waits until all live nodes have seen one view for a while
	boolean awaitOneView() throws InterruptedException {
		long deadline = System.nanoTime() + this.settings.patience().toNanos();
		while (!isOneView()) {
			if (System.nanoTime() > deadline) {
				return false;
			}
			TimeUnit.MILLISECONDS.sleep(100);
		}
		return true;
	}

	private boolean isOneView() {
		long now = System.nanoTime();
		Timeline timeline = timeline();
		return timeline.isOneView(now, alive().size()) && timeline.joined(now)
			.stream()
			.allMatch((life) -> life.viewChanges(new Span(now - STABLE.toNanos(), now)).isEmpty());
	}

	/**
	 * Wait for a condition.
	 * @param what the name of the condition, for the exception
	 * @param patience the longest wait
	 * @param condition the condition
	 * @throws IllegalStateException if the condition is not met in time, or a process has
	 * ended
	 */
	void await(String what, Duration patience, BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + patience.toNanos();
		while (!condition.getAsBoolean()) {
			alive().stream().filter(ChaosProcess::hasEnded).findFirst().ifPresent((process) -> {
				throw new IllegalStateException(process.name() + " has ended: " + process.log());
			});
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("This takes too long: " + what);
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
	}

	private void keepLogs() {
		if (!this.settings.logs().isEmpty()) {
			for (int i = 0; i < this.processes.size(); i++) {
				ChaosProcess process = this.processes.get(i);
				List<String> lines = new ArrayList<>(
						process.life().events().stream().map(NodeEvent::toString).toList());
				lines.addAll(process.log());
				try {
					Files.createDirectories(this.settings.log("").getParent());
					Files.write(this.settings.log((i + 1) + "-" + process.name()), lines);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	@Override
	public void close() {
		this.processes.forEach(ChaosProcess::close);
		this.machines.close();
		keepLogs();
	}

}
