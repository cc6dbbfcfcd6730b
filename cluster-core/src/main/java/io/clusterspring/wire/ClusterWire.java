package io.clusterspring.wire;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.PayloadLimit;
import io.clusterspring.TransportListener;
import io.clusterspring.mailbox.ByteBudget;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.wire.WireVersions.Hello;

/**
 * Routes frames between the engine and the features of a node: each frame goes to the one
 * receiver of its kind, in the order in which its sender sent it. Frames of unknown kinds
 * and versions are skipped and counted, with a warning now and then.
 *
 * <p>
 * Each kind has a mailbox for its receiver, on an executor that runs no code of the
 * application. Thread-safe.
 */
public final class ClusterWire implements TransportListener, FailureSource {

	private static final Log logger = LogFactory.getLog(ClusterWire.class);

	/** 64 MB: the default number of bytes that may wait in one mailbox. */
	public static final long MAILBOX_BYTES = 64 << 20;

	private static final FrameKind[] KINDS = FrameKind.values();

	private final ClusterTransport transport;

	private final Executor executor;

	private final int mailboxCapacity;

	private final long mailboxBytes;

	private final AtomicReferenceArray<@Nullable WireLine> lines = new AtomicReferenceArray<>(KINDS.length);

	private final LineMeter[] meters = new LineMeter[KINDS.length];

	private final CountedWarning unknownKinds = new CountedWarning(logger);

	private final WireVersions versions = new WireVersions(
			Arrays.stream(KINDS).collect(Collectors.toMap((kind) -> kind, (kind) -> (int) kind.version())));

	private final WireLine hellos;

	private final List<Consumer<Node>> onHello = new CopyOnWriteArrayList<>();

	/**
	 * Create the wire of a node.
	 * @param transport carries the frames
	 * @param executor runs the receivers, and no code of the application
	 * @param mailboxCapacity how many frames of a kind may wait, unless its receiver
	 * brings a mailbox of its own
	 */
	public ClusterWire(ClusterTransport transport, Executor executor, int mailboxCapacity) {
		this(transport, executor, mailboxCapacity, MAILBOX_BYTES);
	}

	/**
	 * Create the wire of a node.
	 * @param transport carries the frames
	 * @param executor runs the receivers, and no code of the application
	 * @param mailboxCapacity how many frames of a kind may wait, unless its receiver has
	 * a mailbox of its own
	 * @param mailboxBytes how many bytes of frames may wait in one mailbox
	 */
	public ClusterWire(ClusterTransport transport, Executor executor, int mailboxCapacity, long mailboxBytes) {
		this.transport = transport;
		this.executor = executor;
		this.mailboxCapacity = mailboxCapacity;
		this.mailboxBytes = mailboxBytes;
		for (FrameKind kind : KINDS) {
			this.meters[kind.ordinal()] = new LineMeter(kind);
		}
		this.hellos = open(FrameKind.HELLO, this::greeted);
	}

	private void greeted(Node sender, ByteBuffer body) {
		Hello hello = Hello.decode(body);
		this.versions.hear(sender, hello.versions());
		if (!hello.heard()) {
			this.hellos.sendTo(sender, Hello.own(true).encode());
		}
		this.onHello.forEach((greeted) -> greeted.accept(sender));
	}

	/**
	 * Return the version for frames to all nodes, which each of them can read. As long as
	 * a node has not told which versions it reads, this is version 1.
	 * @return the highest version that all nodes of the view read
	 */
	public int version(FrameKind kind) {
		return this.versions.common(kind);
	}

	/**
	 * Return whether a node has told that it reads frames of a kind.
	 * @return {@code false} if it does not, or has not told yet
	 */
	public boolean reads(Node node, FrameKind kind) {
		return this.versions.reads(node, kind);
	}

	/**
	 * Tell when a node has told what it reads.
	 * @param greeted called once or more for each node that joins; it must not block, and
	 * must not run code of the application
	 */
	public void onHello(Consumer<Node> greeted) {
		this.onHello.add(greeted);
	}

	public Node self() {
		return this.transport.self();
	}

	/** Return the limit for payloads and frames. */
	public PayloadLimit payloadLimit() {
		return this.transport.payloadLimit();
	}

	/**
	 * Return how many frames were lost for other nodes, because these took none for too
	 * long. A frame counts once for each such node.
	 * @return the number since this node has connected
	 */
	public long lost() {
		return this.transport.dropped();
	}

	/** Return how many bytes of frames may wait in one mailbox. */
	public long mailboxBytes() {
		return this.mailboxBytes;
	}

	/**
	 * Create a mailbox on the executor of the receivers.
	 * @param capacity how many tasks may wait
	 * @return an empty mailbox
	 */
	public Mailbox mailbox(int capacity) {
		return new Mailbox(this.executor, capacity);
	}

	/**
	 * Open the line of a kind.
	 * @param kind the kind, whose line must not be open
	 * @param receiver takes the frames of other nodes, one at a time, from now on; it
	 * must not run code of the application
	 */
	public WireLine open(FrameKind kind, FrameReceiver receiver) {
		return open(kind, mailbox(this.mailboxCapacity), receiver);
	}

	/**
	 * Open the line of a kind whose receiver has a mailbox, which it also uses for tasks
	 * of its own.
	 * @param kind the kind, whose line must not be open
	 * @param mailbox calls the receiver; frames that find it full, or too many bytes in
	 * it, are dropped and counted
	 * @param receiver takes the frames of other nodes, one at a time, from now on
	 */
	public WireLine open(FrameKind kind, Mailbox mailbox, FrameReceiver receiver) {
		return add(kind, mailbox, receiver);
	}

	/**
	 * Open the line of a kind whose receiver itself posts the frames to mailboxes.
	 * @param kind the kind, whose line must not be open
	 * @param receiver takes the frames of other nodes from now on, on the threads of the
	 * engine: it must only enqueue
	 */
	public WireLine openDirect(FrameKind kind, FrameReceiver receiver) {
		return add(kind, null, receiver);
	}

	private WireLine add(FrameKind kind, @Nullable Mailbox mailbox, FrameReceiver receiver) {
		int index = kind.ordinal();
		WireLine line = new WireLine(this.transport, this.meters[index], mailbox, new ByteBudget(this.mailboxBytes),
				receiver, (closed) -> this.lines.compareAndSet(index, closed, null));
		Assert.state(this.lines.compareAndSet(index, null, line),
				() -> "The line of kind '" + kind.label() + "' is open already");
		return line;
	}

	@Override
	public void viewChanged(ClusterView view) {
		List<Node> others = view.nodes().stream().filter((node) -> !node.equals(self())).toList();
		for (Node node : this.versions.view(others)) {
			this.hellos.post(() -> this.hellos.sendTo(node, Hello.own(this.versions.hasHeard(node)).encode()));
		}
	}

	@Override
	public void frameReceived(Node sender, ByteBuffer frame) {
		FrameKind kind = (frame.remaining() >= FrameKind.HEADER) ? FrameKind.of(frame.get(frame.position())) : null;
		if (kind == null) {
			this.unknownKinds
				.add((count) -> "Skipped a frame of a kind that this node does not know, from " + sender + ": " + count
						+ " such frame(s) so far. Does " + sender + " run a later release? See docs/upgrading.md");
			return;
		}
		LineMeter meter = this.meters[kind.ordinal()];
		meter.received(frame.remaining());
		WireLine line = this.lines.get(kind.ordinal());
		byte version = frame.get(frame.position() + 1);
		if (version != kind.version()) {
			meter.unknown(sender, "version " + (version & 0xFF));
			if (line != null) {
				line.skip(sender);
			}
		}
		else if (line != null) {
			int length = frame.remaining() - FrameKind.HEADER;
			line.receive(sender, frame.slice(frame.position() + FrameKind.HEADER, length));
		}
	}

	public WireStatistics statistics(FrameKind kind) {
		WireLine line = this.lines.get(kind.ordinal());
		return this.meters[kind.ordinal()].read((line != null) ? line.waiting() : 0);
	}

	/**
	 * Return the {@link Error}s of receivers.
	 * @return the last one for each kind of frames, by the name of the kind
	 */
	@Override
	public Map<String, String> failures() {
		Map<String, String> errors = new TreeMap<>();
		for (FrameKind kind : KINDS) {
			Error error = this.meters[kind.ordinal()].error();
			if (error != null) {
				errors.put(kind.label(), error.toString());
			}
		}
		return errors;
	}

	/**
	 * Return how many frames were skipped because this node does not know their kind.
	 * @return the number since the node has started
	 */
	public long unknownKinds() {
		return this.unknownKinds.count();
	}

	/**
	 * Return how many frames of a known kind were skipped because this node does not know
	 * their version or sort. Frames between the engines are included.
	 * @return the number since the node has started
	 */
	public long unknownVersions() {
		return this.transport.skippedFrames() + Arrays.stream(this.meters).mapToLong(LineMeter::unknownFrames).sum();
	}

	/**
	 * Statistics of the frames of one kind since the node started, at one moment.
	 *
	 * @param sentFrames frames handed to the engine, each counted once for any number of
	 * nodes
	 * @param sentBytes their size
	 * @param sendTime the total time that the engine took to accept them
	 * @param receivedFrames frames that came from other nodes
	 * @param receivedBytes their size
	 * @param droppedFrames frames dropped because too many were waiting
	 * @param malformedFrames frames that were not valid for this kind
	 */
	public record WireStatistics(long sentFrames, long sentBytes, Duration sendTime, long receivedFrames,
			long receivedBytes, long droppedFrames, long malformedFrames, long failedFrames, long waitingFrames) {
	}

}
