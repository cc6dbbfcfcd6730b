package io.clusterspring.jgroups.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.BaseBundler;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.TP;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.EngineFailures;

/**
 * A lane for each destination: messages that wait go out together, one batch after the
 * other. A node that does not read, or cannot be reached, holds up its own lane and no
 * other. Nothing is dropped, since flow control bounds what is on its way to a member.
 * The lane of a member keeps its thread while it is idle, which is woken faster than one
 * of a pool; others hold none, since a peer can make this node answer to any number of
 * addresses. A heartbeat is left out for a member that has just been sent anything else.
 *
 * <p>
 * Replaces PerDestinationBundler (JGRP-2639), which writes a message to all to one member
 * after the other, and drops messages when a queue is full (not reported yet:
 * docs/upstream.md#a-message-to-all). This can go once that bundler puts messages to all
 * into the queue of each member.
 */
final class NodeBundler extends BaseBundler {

	private static final String WORK = "lane";

	private static final long STOP_MILLIS = 300;

	// for how long the thread of a lane that was closed waits for another one
	private static final long IDLE_MILLIS = 1000;

	private static final short HEARTBEAT = ClassConfigurator.getProtocolId(FD_ALL3.class);

	private final Map<Address, Lane> lanes = new ConcurrentHashMap<>();

	private final EngineFailures failures;

	private final LongSupplier enough;

	private volatile @Nullable ExecutorService threads;

	// a member needs no heartbeat if anything was written to it within so many
	// nanoseconds
	NodeBundler(EngineFailures failures, LongSupplier enough) {
		this.failures = failures;
		this.enough = enough;
	}

	@Override
	public void start() {
		this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_MILLIS, TimeUnit.MILLISECONDS,
				new SynchronousQueue<>(), (task) -> this.transport.getThreadFactory().newThread(task, "lane"));
	}

	@Override
	public void stop() {
		ExecutorService stopping = this.threads;
		this.threads = null;
		if (stopping != null) {
			this.lanes.values().forEach(Lane::wake);
			stopping.shutdown();
			try {
				stopping.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			stopping.shutdownNow();
		}
		this.lanes.clear();
	}

	@Override
	public void send(Message message) {
		Address to = message.dest();
		if (to == null) {
			List<Address> everybody = this.members;
			if (everybody != null) {
				boolean heartbeat = message.getHeader(HEARTBEAT) != null;
				everybody.stream()
					.filter((member) -> !isSelf(member))
					.map(this::lane)
					.filter((lane) -> !heartbeat || lane.isQuiet())
					.forEach((lane) -> lane.add(message));
			}
			loopbackUnlessDontLoopbackIsSet(message);
		}
		else if (isSelf(to)) {
			loopbackUnlessDontLoopbackIsSet(message);
		}
		else {
			lane(to).add(message);
		}
	}

	private boolean isSelf(Address address) {
		return address.equals(this.transport.getAddress()) || address.equals(this.transport.localPhysicalAddress());
	}

	private Lane lane(Address to) {
		Lane lane = this.lanes.get(to);
		return (lane != null) ? lane : this.lanes.computeIfAbsent(to, Lane::new);
	}

	// a little later: what is on its way to those who left may be the answer to their
	// leave
	@Override
	public void viewChange(View view) {
		super.viewChange(view);
		List<Lane> left = this.lanes.values().stream().filter((lane) -> !view.containsMember(lane.to)).toList();
		if (!left.isEmpty()) {
			this.transport.getTimer()
				.schedule(() -> left.forEach(this::close), NodeTcp.GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void close(Lane lane) {
		if (!this.members.contains(lane.to) && this.lanes.remove(lane.to, lane)) {
			lane.close();
		}
	}

	@Override
	public int size() {
		return getQueueSize();
	}

	@Override
	public int getQueueSize() {
		return this.lanes.values().stream().mapToInt((lane) -> lane.waiting.get()).sum();
	}

	/**
	 * IDLE: no thread has it. RUNNING: a thread writes what waits, or is parked until
	 * there is more. CLOSED: what waits is lost, and so is what comes.
	 */
	private enum State {

		IDLE, RUNNING, CLOSED

	}

	/**
	 * The messages that wait for one destination. A sender that raises the counter from
	 * zero wakes the thread of the lane, or starts it.
	 */
	private final class Lane implements Runnable {

		private final Address to;

		private final Queue<Message> messages = new ConcurrentLinkedQueue<>();

		private final AtomicInteger waiting = new AtomicInteger();

		private final List<Message> batch = new ArrayList<>();

		private final ByteArrayDataOutputStream output = new ByteArrayDataOutputStream(1024).growExponentially(true);

		private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

		private volatile @Nullable Thread thread;

		// nothing has been written before
		private volatile long written = System.nanoTime() - Long.MAX_VALUE / 2;

		Lane(Address to) {
			this.to = to;
		}

		// whatever arrives says that this node lives
		boolean isQuiet() {
			return System.nanoTime() - this.written >= NodeBundler.this.enough.getAsLong();
		}

		void add(Message message) {
			if (isOpen()) {
				this.messages.add(message);
				if (this.waiting.getAndIncrement() == 0 || this.state.get() == State.IDLE) {
					wake();
				}
			}
		}

		void close() {
			this.state.set(State.CLOSED);
			LockSupport.unpark(this.thread);
		}

		void wake() {
			ExecutorService executor = NodeBundler.this.threads;
			if (executor != null && this.state.compareAndSet(State.IDLE, State.RUNNING)) {
				start(executor);
			}
			else {
				LockSupport.unpark(this.thread);
			}
		}

		private void start(ExecutorService executor) {
			try {
				executor.execute(this);
			}
			catch (Exception | Error ex) {
				// there is no thread for it now; the next message tries again
				this.state.compareAndSet(State.RUNNING, State.IDLE);
				NodeBundler.this.failures.add(WORK, ex);
			}
		}

		@Override
		public void run() {
			try {
				this.thread = Thread.currentThread();
				do {
					do {
						writeWhatWaits();
					}
					while (awaitMore());
				}
				while (this.state.compareAndSet(State.RUNNING, State.IDLE) && this.waiting.get() > 0
						&& this.state.compareAndSet(State.IDLE, State.RUNNING));
			}
			catch (Exception | Error ex) {
				this.state.compareAndSet(State.RUNNING, State.IDLE);
				NodeBundler.this.failures.add(WORK, ex);
			}
		}

		private boolean isToAMember() {
			List<Address> everybody = NodeBundler.this.members;
			return everybody != null && everybody.contains(this.to);
		}

		// the engine would look for each address that a peer has made up, and warn of it
		private boolean isOutOfReach() {
			return !(this.to instanceof PhysicalAddress) && transport().getPhysicalAddressFromCache(this.to) == null
					&& !isToAMember();
		}

		private boolean awaitMore() {
			while (this.waiting.get() == 0 && isOpen() && isToAMember()) {
				LockSupport.park(this);
			}
			return this.waiting.get() > 0;
		}

		private boolean isOpen() {
			return this.state.get() != State.CLOSED && NodeBundler.this.threads != null;
		}

		private void writeWhatWaits() {
			int left = this.waiting.get();
			while (left > 0) {
				takeAndWrite(left);
				left = this.waiting.addAndGet(-this.batch.size());
			}
			this.batch.clear();
		}

		private void takeAndWrite(int available) {
			try {
				fill(available);
				if (this.state.get() != State.CLOSED && !isOutOfReach()) {
					write();
				}
			}
			catch (Exception | Error ex) {
				if (this.batch.isEmpty()) {
					// not even its size can be told, and it is first
					this.batch.add(this.messages.remove());
				}
				NodeBundler.this.failures.add(WORK, ex);
			}
		}

		private void fill(int available) {
			this.batch.clear();
			Message next = this.messages.peek();
			boolean toAll = next != null && next.dest() == null;
			int room = NodeBundler.this.max_size;
			while (next != null && this.batch.size() < available && (next.dest() == null) == toAll) {
				room -= next.size();
				if (room < 0 && !this.batch.isEmpty()) {
					return;
				}
				this.batch.add(this.messages.remove());
				next = this.messages.peek();
			}
		}

		private void write() {
			try {
				this.output.position(0);
				encode(this.batch.get(0));
				transport().doSend(this.output.buffer(), 0, this.output.position(), this.to);
				this.written = System.nanoTime();
				NodeBundler.this.total_msgs_sent.add(this.batch.size());
			}
			catch (Exception ex) {
				NodeBundler.this.log.trace("%s: cannot send to %s: %s", transport().getAddress(), this.to, ex);
			}
		}

		private void encode(Message first) throws IOException {
			boolean toAll = first.dest() == null;
			if (this.batch.size() == 1) {
				Util.writeMessage(first, this.output, toAll);
				transport().getMessageStats().incrNumSingleMsgsSent();
			}
			else {
				Util.writeMessageList(first.dest(), transport().getAddress(), transport().getClusterNameAscii().val(),
						this.batch, this.output, toAll);
				transport().getMessageStats().incrNumBatchesSent();
			}
		}

		private TP transport() {
			return NodeBundler.this.transport;
		}

	}

}
