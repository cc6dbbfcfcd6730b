package io.clusterspring.benchmarks.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.clusterspring.benchmarks.NodeProcess;

/**
 * A running process with a {@link ChaosNode}, which can be frozen and is killed in the
 * end.
 */
final class ChaosProcess implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 30;

	private final String name;

	private final int machine;

	private final Process process;

	private final PrintWriter commands;

	private final List<NodeEvent> events = new CopyOnWriteArrayList<>();

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final List<Span> sleeps = new CopyOnWriteArrayList<>();

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private volatile long death = Long.MAX_VALUE;

	private ChaosProcess(String name, int machine, Process process) {
		this.name = name;
		this.machine = machine;
		this.process = process;
		this.commands = new PrintWriter(process.outputWriter(), true);
		Thread reader = new Thread(this::read, "output of " + name);
		reader.setDaemon(true);
		reader.start();
	}

	static ChaosProcess start(String name, int machine, List<String> prefix, List<String> options,
			List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(NodeProcess.command(options, ChaosNode.class, arguments));
		return new ChaosProcess(name, machine, new ProcessBuilder(command).redirectErrorStream(true).start());
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader()) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (Words.isEvent(line)) {
					this.events.add(Words.event(line));
				}
				else if (Words.isAnswer(line)) {
					this.answers.add(line);
				}
				else {
					this.log.add(line);
				}
			}
		}
		catch (IOException ex) {
			this.log.add(ex.toString());
		}
	}

	void tell(String command) {
		this.commands.println(command);
	}

	<T> T ask(String command, Class<T> type) throws InterruptedException {
		tell(command);
		String answer = this.answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
		if (answer == null) {
			throw new IllegalStateException(this.name + " does not answer '" + command + "': " + this.log);
		}
		return Words.answer(answer, type);
	}

	/**
	 * Kill the process, so that it cannot tell other nodes.
	 */
	void kill() {
		this.death = System.nanoTime();
		this.process.destroyForcibly();
	}

	void freeze() throws IOException, InterruptedException {
		this.sleeps.add(new Span(System.nanoTime(), Long.MAX_VALUE));
		signal("STOP");
	}

	void wake() throws IOException, InterruptedException {
		int last = this.sleeps.size() - 1;
		this.sleeps.set(last, new Span(this.sleeps.get(last).from(), System.nanoTime()));
		signal("CONT");
	}

	private void signal(String signal) throws IOException, InterruptedException {
		Process kill = new ProcessBuilder("kill", "-" + signal, "" + this.process.pid()).inheritIO().start();
		if (kill.waitFor() != 0) {
			throw new IllegalStateException(this.name + " is gone: " + this.log);
		}
	}

	boolean isAlive() {
		return this.death == Long.MAX_VALUE;
	}

	boolean hasEnded() {
		return !this.process.isAlive();
	}

	boolean has(NodeEvent.Kind kind) {
		return this.events.stream().anyMatch((event) -> event.kind() == kind);
	}

	String name() {
		return this.name;
	}

	int machine() {
		return this.machine;
	}

	NodeLife life() {
		long incarnation = this.events.stream()
			.filter((event) -> event.kind() == NodeEvent.Kind.READY)
			.findFirst()
			.map((event) -> Long.parseLong(event.subject()))
			.orElse(0L);
		return new NodeLife(this.name, incarnation, this.death, List.copyOf(this.sleeps), List.copyOf(this.events));
	}

	List<String> log() {
		return List.copyOf(this.log);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
