package io.clusterspring.benchmarks.stomp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.clusterspring.benchmarks.NodeProcess;

/**
 * The nodes of one variant, their broker if it is a separate process, and their clients.
 */
final class StompNodes implements AutoCloseable {

	private final List<NodeProcess> servers = new ArrayList<>();

	private final @Nullable RabbitProcess rabbit;

	private final StompDriver driver;

	StompNodes(StompVariant variant, StompSettings settings, @Nullable RabbitProcess rabbit) throws IOException {
		this.rabbit = rabbit;
		String cluster = "stomp-benchmark-" + UUID.randomUUID();
		for (int number = 1; number <= variant.nodes(); number++) {
			List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
					"--logging.level.root=warn", "--spring.main.banner-mode=off"));
			if (variant == StompVariant.STARTER) {
				String nodes = "n1@127.0.0.1:" + settings.port() + ",n2@127.0.0.1:" + (settings.port() + 1);
				arguments.addAll(List.of("--cluster.name=" + cluster, "--cluster.sync-nodes-mandatory=" + nodes,
						"--cluster.sync-nodes-timeout=60s",
						"--cluster.node=n" + number + "@127.0.0.1:" + (settings.port() + number - 1)));
			}
			else {
				arguments.add("--cluster.enabled=false");
			}
			if (rabbit != null) {
				arguments.add("--relay.port=" + rabbit.port());
			}
			this.servers.add(NodeProcess.start(settings.options(), StompServer.class, arguments));
		}
		List<Integer> ports = new ArrayList<>();
		for (NodeProcess server : this.servers) {
			ports.add(Integer.valueOf(server.awaitStart()));
		}
		this.driver = new StompDriver(settings, ports);
	}

	Load atRate(int rate, Duration time) throws IOException {
		long before = cpu();
		StompDriver.Deliveries deliveries = this.driver.atRate(rate, time);
		return new Load(deliveries, cpu() - before);
	}

	Load most(Duration time) throws IOException {
		long before = cpu();
		StompDriver.Deliveries deliveries = this.driver.most(time);
		return new Load(deliveries, cpu() - before);
	}

	private Stream<ProcessHandle> handles() {
		Stream<ProcessHandle> nodes = this.servers.stream().map(NodeProcess::handle);
		return (this.rabbit != null) ? Stream.concat(nodes, this.rabbit.handles()) : nodes;
	}

	private long cpu() {
		return handles().mapToLong((handle) -> handle.info().totalCpuDuration().orElse(Duration.ZERO).toNanos()).sum();
	}

	double liveHeapMegabytes() throws IOException {
		long sum = 0;
		for (NodeProcess server : this.servers) {
			sum += Long.parseLong(server.ask("heap"));
		}
		return sum / 1e6;
	}

	/**
	 * Return the resident memory of all processes, as Linux counts it.
	 * @return the size in megabytes, zero on other systems
	 */
	double residentMegabytes() {
		return handles().mapToLong((handle) -> resident(handle.pid())).sum() / 1e3;
	}

	private static long resident(long pid) {
		try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
			return lines.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.sum();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	@Override
	public void close() throws IOException {
		this.driver.close();
		this.servers.forEach(NodeProcess::close);
	}

	/**
	 * Deliveries and their cost.
	 *
	 * @param deliveries the deliveries
	 * @param cpuNanos CPU time of all processes but the clients'
	 */
	record Load(StompDriver.Deliveries deliveries, long cpuNanos) {

		double cpuMicros() {
			return this.cpuNanos / 1e3 / Math.max(1, this.deliveries.count());
		}

		double perSecond() {
			return this.deliveries.count() * 1e9 / this.deliveries.nanos();
		}

	}

}
