package io.clusterspring.inspect;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.mailbox.Ticker;
import io.clusterspring.text.LogText;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.WireLine;

/**
 * Asks the nodes of the view, and answers their questions. Each answer is bounded in
 * items and bytes, and so is the number of questions under way. Thread-safe.
 */
public final class Inspection implements TransportListener, AutoCloseable {

	/** How many questions of this node may wait for answers. */
	static final int MOST_QUESTIONS = 16;

	/** 512 KB: what the items of an answer take in a frame, about. */
	static final int MOST_BYTES = 1 << 19;

	/** How long a question waits for a node that has been silent before. */
	static final Duration GRACE = Duration.ofMillis(100);

	private static final Duration LONGEST = Duration.ofSeconds(10);

	/** How many questions and answers of other nodes may wait. */
	private static final int CAPACITY = 1024;

	private static final String UNANSWERED = "has not answered an earlier question yet";

	private static final Log logger = LogFactory.getLog(Inspection.class);

	private final ClusterWire wire;

	private final Mailbox mailbox;

	private final WireLine line;

	private final Map<String, Section> sections = new ConcurrentHashMap<>();

	private final Map<String, ActionSection> actions = new ConcurrentHashMap<>();

	private final Set<NodeFacts> facts = new CopyOnWriteArraySet<>();

	private final List<Consumer<Node>> onLeave = new CopyOnWriteArrayList<>();

	private final Map<Long, PendingQuestion> pending = new ConcurrentHashMap<>();

	private final AtomicLong ids = new AtomicLong();

	private final Silence silence = new Silence();

	private final ScheduledThreadPoolExecutor timer = Ticker.timer("cluster-inspection");

	private final CountedWarning failed = new CountedWarning(logger);

	private volatile List<Node> others = List.of();

	/**
	 * Create the inspection of a node, and answer other nodes from now on.
	 * @param wire carries questions and answers
	 */
	public Inspection(ClusterWire wire) {
		this.wire = wire;
		this.mailbox = wire.mailbox(CAPACITY);
		this.line = wire.open(FrameKind.INSPECTION, this.mailbox, this::received);
	}

	/**
	 * Add what can be asked about a feature.
	 * @param section the section, whose name no other one has
	 */
	public void add(Section section) {
		Section present = this.sections.putIfAbsent(section.name(), section);
		Assert.state(present == null || present == section,
				() -> "There is a section '" + section.name() + "' already");
	}

	/**
	 * Add what can be done with a feature.
	 * @param action the action, whose name no other one has
	 */
	public void add(Action action) {
		ActionSection present = this.actions.putIfAbsent(action.name(), new ActionSection(action, this.wire.self()));
		Assert.state(present == null || present.action() == action,
				() -> "There is an action '" + action.name() + "' already");
	}

	/**
	 * Return an action of this node.
	 * @param name the name
	 * @return the action, or {@code null} if this node has none of that name
	 */
	public @Nullable Action action(String name) {
		ActionSection known = this.actions.get(name);
		return (known != null) ? known.action() : null;
	}

	/**
	 * Add what a feature tells about this node.
	 * @param feature tells it whenever somebody asks
	 */
	public void add(NodeFacts feature) {
		this.facts.add(feature);
	}

	/** Tell when a node has said that it leaves. */
	void onLeave(Consumer<Node> left) {
		this.onLeave.add(left);
	}

	/** Tell the other nodes that this one leaves. */
	void leave() {
		this.line.send(new InspectionFrame.Farewell(0).encode(), (node) -> this.wire.reads(node, FrameKind.INSPECTION));
	}

	/** Run a task after the frames that have come so far. */
	void afterFrames(Runnable task) {
		this.mailbox.postAlways(task);
	}

	/** Return what the features tell about this node, by the names of the values. */
	Map<String, Object> facts() {
		Map<String, Object> all = new TreeMap<>();
		this.facts.forEach((feature) -> all.putAll(feature.facts()));
		return all;
	}

	/**
	 * Return a section of this node.
	 * @param name the name
	 * @return the section, or {@code null} if this node has none of that name
	 */
	public @Nullable Section section(String name) {
		return this.sections.get(name);
	}

	/**
	 * Ask all nodes.
	 * @param question the question
	 * @param timeout how long to wait for nodes, 10 s at most
	 * @return completes at that time at the latest, with what there is; by a thread that
	 * must not run code of the application
	 * @throws IllegalArgumentException if the question cannot be meant
	 * @throws TooManyQuestionsException if too many questions wait for answers
	 */
	public CompletableFuture<Result> ask(Question question, Duration timeout) {
		Section section = checked(this.sections.get(question.section()), question, timeout);
		return ask(section, question, section.isLocal() ? Set.of(this.wire.self()) : all(), timeout);
	}

	/**
	 * Ask one node.
	 * @param question the question
	 * @param node a node of the view
	 * @param timeout how long to wait for it, 10 s at most
	 * @return completes as with all nodes
	 * @throws IllegalArgumentException if the question cannot be meant, or the node is
	 * not in the view
	 * @throws TooManyQuestionsException if too many questions wait for answers
	 */
	public CompletableFuture<Result> ask(Question question, Node node, Duration timeout) {
		Section section = checked(this.sections.get(question.section()), question, timeout);
		return ask(section, question, only(node), timeout);
	}

	/**
	 * Let all nodes act, or the one that the parameters name.
	 * @param action an action of this node
	 * @param parameters its parameters
	 * @param timeout how long to wait for nodes, 10 s at most
	 * @return completes as a question does, with one item for each node that has acted. A
	 * node that is silent may act later
	 * @throws IllegalArgumentException if the action cannot be meant, or the node is not
	 * in the view
	 * @throws TooManyQuestionsException if too many questions wait for answers
	 */
	public CompletableFuture<Result> act(Action action, Map<String, String> parameters, Duration timeout) {
		String node = parameters.get(Action.NODE);
		Question question = ActionSection.question(action, action.complete(parameters));
		Section section = checked(this.actions.get(action.name()), question, timeout);
		return ask(section, question, (node != null) ? only(Node.of(node)) : all(), timeout);
	}

	private Set<Node> all() {
		Set<Node> nodes = new HashSet<>(this.others);
		nodes.add(this.wire.self());
		return nodes;
	}

	private Set<Node> only(Node node) {
		Assert.isTrue(node.equals(this.wire.self()) || this.others.contains(node),
				() -> "There is no node " + node + " in the view of " + this.wire.self());
		return Set.of(node);
	}

	private static Section checked(@Nullable Section section, Question question, Duration timeout) {
		Assert.isTrue(section != null, () -> "There is no section '" + LogText.of(question.section()) + "'");
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(LONGEST) <= 0,
				() -> "timeout must be more than 0 and at most " + LONGEST.toSeconds() + " s");
		question.filters()
			.keySet()
			.forEach((name) -> Assert.isTrue(section.filters().contains(name),
					() -> "'" + LogText.of(name) + "' does not apply to " + section.name() + "; these do: "
							+ section.filters().stream().sorted().toList()));
		section.check(question);
		return section;
	}

	private CompletableFuture<Result> ask(Section section, Question question, Set<Node> nodes, Duration timeout) {
		if (this.pending.size() >= MOST_QUESTIONS) {
			throw new TooManyQuestionsException(MOST_QUESTIONS);
		}
		long id = this.ids.incrementAndGet();
		PendingQuestion asking = new PendingQuestion(section, question, nodes, timeout);
		this.pending.put(id, asking);
		List<Runnable> cancel = new ArrayList<>();
		try {
			send(id, asking, question, nodes);
			if (nodes.contains(this.wire.self())) {
				answer(section, question, (page) -> asking.answered(this.wire.self(), page),
						(reason) -> asking.refused(this.wire.self(), reason));
			}
			if (!asking.result().isDone()) {
				schedule(asking, timeout, cancel);
			}
		}
		catch (RuntimeException | Error ex) {
			this.pending.remove(id);
			throw ex;
		}
		return asking.result().whenComplete((result, failure) -> {
			this.pending.remove(id);
			cancel.forEach(Runnable::run);
		});
	}

	private void send(long id, PendingQuestion asking, Question question, Set<Node> nodes) {
		Collection<Node> present = this.others;
		for (Node node : nodes) {
			if (node.equals(this.wire.self())) {
				continue;
			}
			if (!present.contains(node)) {
				asking.refused(node, "left the view");
			}
			else if (!this.wire.reads(node, FrameKind.INSPECTION)) {
				asking.refused(node,
						"has not said that it answers questions: it has just come, or is of an " + "earlier release");
			}
		}
		long now = System.nanoTime();
		Set<Node> skipped = new HashSet<>();
		InspectionFrame frame = asking.isAction() ? new InspectionFrame.Act(id, question)
				: new InspectionFrame.Ask(id, question);
		this.line.send(frame.encode(), (node) -> {
			boolean asked = nodes.contains(node) && this.wire.reads(node, FrameKind.INSPECTION);
			if (asked && !this.silence.maySend(node, now)) {
				skipped.add(node);
			}
			return asked && !skipped.contains(node);
		});
		asking.give(skipped::contains, UNANSWERED);
	}

	private void schedule(PendingQuestion asking, Duration timeout, List<Runnable> cancel) {
		if (GRACE.compareTo(timeout) < 0) {
			after(GRACE, () -> asking.give(this.silence::isSilent, UNANSWERED), cancel);
		}
		after(timeout, () -> asking.expire().forEach((node) -> this.silence.add(node, System.nanoTime())), cancel);
	}

	private void after(Duration time, Runnable task, List<Runnable> cancel) {
		ScheduledFuture<?> scheduled = this.timer.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
		cancel.add(() -> scheduled.cancel(false));
	}

	private void received(Node sender, ByteBuffer body) {
		InspectionFrame frame = InspectionFrame.decode(body);
		if (frame instanceof InspectionFrame.Ask ask) {
			answer(sender, frame, this.sections.get(ask.question().section()), ask.question());
			return;
		}
		if (frame instanceof InspectionFrame.Act act) {
			answer(sender, frame, this.actions.get(act.question().section()), act.question());
			return;
		}
		if (frame instanceof InspectionFrame.Farewell) {
			this.onLeave.forEach((left) -> left.accept(sender));
			return;
		}
		this.silence.end(sender);
		PendingQuestion asking = this.pending.get(frame.id());
		if (asking != null && frame instanceof InspectionFrame.Answer answer) {
			asking.answered(sender, answer.page());
		}
		else if (asking != null && frame instanceof InspectionFrame.Refusal refusal) {
			asking.refused(sender, LogText.of(refusal.reason()));
		}
	}

	private void answer(Node sender, InspectionFrame frame, @Nullable Section section, Question question) {
		long id = frame.id();
		answer(section, question, (page) -> reply(sender, new InspectionFrame.Answer(id, page.within(MOST_BYTES))),
				(reason) -> reply(sender, new InspectionFrame.Refusal(id, reason)));
	}

	// the page may be completed by any thread, which must not wait for a slow node
	private void reply(Node sender, InspectionFrame frame) {
		this.mailbox.postAlways(() -> this.line.sendTo(sender, frame.encode()));
	}

	private void answer(@Nullable Section section, Question question, Consumer<Page> answered,
			Consumer<String> refused) {
		if (section == null) {
			refused.accept("does not know this question");
			return;
		}
		try {
			CompletionStage<Page> page = section.answer(question);
			page.whenComplete((found, failure) -> {
				if (found != null) {
					answered.accept(found);
				}
				else {
					refused.accept(failure(section, failure));
				}
			});
		}
		catch (RuntimeException ex) {
			refused.accept(failure(section, ex));
		}
	}

	private String failure(Section section, @Nullable Throwable failure) {
		if (failure instanceof RefusedQuestionException) {
			return String.valueOf(failure.getMessage());
		}
		this.failed.add(
				(count) -> "A question about " + section.name() + " could not be answered; " + count
						+ " such question(s) so far",
				(failure != null) ? failure : new IllegalStateException("No page"));
		return "has failed to answer: " + LogText.of(failure);
	}

	@Override
	public void viewChanged(ClusterView view) {
		List<Node> present = view.nodes().stream().filter((node) -> !node.equals(this.wire.self())).toList();
		this.others = present;
		this.mailbox.postAlways(() -> {
			this.silence.retain(present);
			this.pending.values()
				.forEach((asking) -> asking.give((node) -> !node.equals(this.wire.self()) && !present.contains(node),
						"left the view"));
		});
	}

	@Override
	public void close() {
		this.line.close();
		this.timer.shutdownNow();
		this.pending.values().forEach(PendingQuestion::expire);
	}

}
