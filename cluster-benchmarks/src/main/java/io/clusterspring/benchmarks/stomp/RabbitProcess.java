package io.clusterspring.benchmarks.stomp;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Runs RabbitMQ with its STOMP plugin, isolated from any other on this machine: with its
 * own directory, ports and port mapper, on the loopback interface.
 */
final class RabbitProcess implements AutoCloseable {

	private static final String LOOPBACK = "127.0.0.1";

	private static final long PATIENCE_SECONDS = 90;

	private static final String OPTIONS = "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS";

	private static final String[] PLACES = { "/usr/lib/rabbitmq/bin", "/usr/local/sbin", "/opt/homebrew/sbin" };

	private final Path directory;

	private final Map<String, String> variables;

	private final Process process;

	private final int port;

	private final AtomicBoolean closed = new AtomicBoolean();

	private RabbitProcess(Path directory, Map<String, String> variables, Process process, int port) {
		this.directory = directory;
		this.variables = variables;
		this.process = process;
		this.port = port;
	}

	/**
	 * Find RabbitMQ.
	 * @return the command of its server, {@code null} if it is not installed
	 */
	static @Nullable Path find() {
		String[] path = Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator);
		return Stream.concat(Stream.of(PLACES), Stream.of(path))
			.map((place) -> Path.of(place, "rabbitmq-server"))
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
	}

	static RabbitProcess start(Path server, int firstPort) throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("stomp-benchmark");
		int port = firstPort + 1;
		Files.writeString(directory.resolve("rabbitmq.conf"), "listeners.tcp.1 = " + LOOPBACK + ":" + firstPort
				+ "\nstomp.listeners.tcp.1 = " + LOOPBACK + ":" + port + "\nlog.file.level = warning\n");
		Files.writeString(directory.resolve("enabled_plugins"), "[rabbitmq_stomp].\n");
		Map<String, String> variables = variables(directory, firstPort);
		ProcessBuilder builder = new ProcessBuilder(server.toString()).redirectOutput(directory.resolve("out").toFile())
			.redirectErrorStream(true);
		builder.environment().putAll(variables);
		RabbitProcess process = new RabbitProcess(directory, variables, builder.start(), port);
		Runtime.getRuntime().addShutdownHook(new Thread(process::close));
		process.awaitStart();
		return process;
	}

	private static Map<String, String> variables(Path directory, int firstPort) {
		return Map.ofEntries(Map.entry("HOME", directory.toString()),
				Map.entry("RABBITMQ_NODENAME", "stomp-benchmark@localhost"),
				Map.entry("RABBITMQ_NODE_IP_ADDRESS", LOOPBACK), Map.entry("RABBITMQ_NODE_PORT", "" + firstPort),
				Map.entry("RABBITMQ_DIST_PORT", "" + (firstPort + 2)), Map.entry("ERL_EPMD_PORT", "" + (firstPort + 3)),
				Map.entry("ERL_EPMD_ADDRESS", LOOPBACK),
				Map.entry("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq.conf").toString()),
				Map.entry("RABBITMQ_CONF_ENV_FILE", directory.resolve("none").toString()),
				Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("data").toString()),
				Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()),
				Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("enabled_plugins").toString()),
				Map.entry(OPTIONS, "-kernel inet_dist_use_interface {127,0,0,1} "
						+ Objects.requireNonNullElse(System.getenv(OPTIONS), "")));
	}

	private void awaitStart() throws IOException, InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
		while (!listens()) {
			if (!this.process.isAlive() || System.nanoTime() > deadline) {
				String said = Files.readString(this.directory.resolve("out"));
				close();
				throw new IllegalStateException("RabbitMQ does not start: " + said);
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
	}

	private boolean listens() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(LOOPBACK, this.port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	int port() {
		return this.port;
	}

	Stream<ProcessHandle> handles() {
		return Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants());
	}

	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		try {
			List<ProcessHandle> all = handles().toList();
			all.forEach(ProcessHandle::destroy);
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
			while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
				TimeUnit.MILLISECONDS.sleep(50);
			}
			all.forEach(ProcessHandle::destroyForcibly);
			ProcessBuilder mapper = new ProcessBuilder("epmd", "-kill").redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectErrorStream(true);
			mapper.environment().putAll(this.variables);
			mapper.start().waitFor(10, TimeUnit.SECONDS);
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			System.err.println("RabbitMQ was not cleaned up: " + ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
