package io.clusterspring.benchmarks.channels;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two nodes with rooms, each a process of its own.
 */
final class RoomNodes implements AutoCloseable {

	private static final Pattern USED = Pattern.compile("\\bused (\\d+)K");

	private static final Duration BOOT = Duration.ofSeconds(60);

	private final List<Integer> ports;

	private final List<Process> processes = new ArrayList<>();

	RoomNodes(int port) {
		this.ports = List.of(port, port + 1);
	}

	// starts both nodes, and waits until clients can connect. A node opens its port when
	// it
	// has found the other
	void start() throws IOException, InterruptedException {
		for (int i = 0; i < this.ports.size(); i++) {
			this.processes.add(new ProcessBuilder(java("java"), "-cp", System.getProperty("java.class.path"),
					RoomNode.class.getName(), "--server.port=" + this.ports.get(i),
					"--cluster.node=n" + (i + 1) + "@127.0.0.1", "--cluster.port=" + (this.ports.get(0) + 10),
					"--cluster.name=load-" + ProcessHandle.current().pid(),
					"--cluster.sync-nodes-mandatory=n1@127.0.0.1,n2@127.0.0.1", "--cluster.sync-nodes-timeout=60s")
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start());
		}
		long end = System.nanoTime() + BOOT.toNanos();
		for (int port : this.ports) {
			while (!isOpen(port)) {
				if (System.nanoTime() > end) {
					throw new IOException("The nodes have not found each other");
				}
				TimeUnit.MILLISECONDS.sleep(200);
			}
		}
	}

	private static boolean isOpen(int port) {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	List<Integer> ports() {
		return this.ports;
	}

	Duration cpu() {
		return this.processes.stream()
			.map((process) -> process.info().totalCpuDuration().orElse(Duration.ZERO))
			.reduce(Duration.ZERO, Duration::plus);
	}

	/**
	 * Return the live memory in the heaps of both nodes after a full collection.
	 * @return the size in KiB
	 */
	long heap() throws IOException {
		long used = 0;
		for (Process process : this.processes) {
			// memory behind references that the first collection clears is freed by the
			// second
			jcmd(process, "GC.run");
			jcmd(process, "GC.run");
			Matcher matcher = USED.matcher(jcmd(process, "GC.heap_info"));
			used += matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
		}
		return used;
	}

	private static String jcmd(Process process, String command) throws IOException {
		Process jcmd = new ProcessBuilder(java("jcmd"), String.valueOf(process.pid()), command).start();
		return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private static String java(String command) {
		return Path.of(System.getProperty("java.home"), "bin", command).toString();
	}

	@Override
	public void close() {
		this.processes.forEach(Process::destroy);
		for (Process process : this.processes) {
			try {
				process.onExit().get(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException | ExecutionException | TimeoutException ex) {
				process.destroyForcibly();
			}
		}
	}

}
