package io.clusterspring.interest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.interest.OwnInterests.Announced;
import io.clusterspring.replication.Replicas;
import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.replication.Replicas.Position;
import io.clusterspring.replication.Replicas.Request;
import io.clusterspring.replication.Replicas.StatePart;

/**
 * The interests of this node and of all others, as the package describes. It has neither
 * a thread nor a clock. Not thread-safe, but for {@link #knowledge()} and {@link #use()}.
 */
final class InterestState implements Replicas.Outbox {

	/** For how long a node may leave out another one after its question. */
	static final long LEASE = TimeUnit.SECONDS.toNanos(5);

	/** After how long no lease of before is left, with a margin for clocks. */
	static final long PATIENCE = TimeUnit.SECONDS.toNanos(6);

	/** After how long a lease is renewed: every other tick, so that one may get lost. */
	static final long RENEWAL = TimeUnit.MILLISECONDS.toNanos(1500);

	private final long incarnation;

	private final int mostTopics;

	private final LongSupplier clock;

	private final OwnInterests own;

	private final LastUse use;

	private final Replicas<Interest, Interest> replicas;

	private final Acknowledgements acknowledgements = new Acknowledgements(PATIENCE);

	private final Map<Node, PeerTopics> peers = new HashMap<>();

	/** The nodes that this one has sent its state, or a part of it. */
	private final Set<Node> informed = new HashSet<>();

	private Collection<Node> others = List.of();

	private List<Addressed> messages = new ArrayList<>();

	private volatile Knowledge knowledge = new Knowledge(0, Map.of());

	/**
	 * Create the interests of a node that is alone.
	 * @param incarnation a random number, new for every start of the node
	 * @param clock monotonic, in nanoseconds
	 * @param tokens random numbers
	 */
	InterestState(long incarnation, InterestSettings settings, LongSupplier clock, LongSupplier tokens) {
		this.incarnation = incarnation;
		this.mostTopics = settings.maxTopics();
		this.clock = clock;
		this.own = new OwnInterests(incarnation, settings);
		this.use = new LastUse(clock.getAsLong());
		this.replicas = new Replicas<>((node, started) -> {
			PeerTopics fresh = new PeerTopics(this.mostTopics);
			this.peers.put(node, fresh);
			return fresh;
		}, tokens, this);
	}

	/** Return what publishers may rely on, by any thread. */
	Knowledge knowledge() {
		return this.knowledge;
	}

	/** Return when publishers have relied on it, by any thread. */
	LastUse use() {
		return this.use;
	}

	OwnInterests own() {
		return this.own;
	}

	int waiting() {
		return this.acknowledgements.waiting();
	}

	CompletionStage<@Nullable Void> subscribed(String topic) {
		Announced announced = this.own.add(topic);
		CompletionStage<@Nullable Void> known = announced.known();
		if (known == null) {
			known = this.acknowledgements.await(announced.number(), this.clock.getAsLong());
			announced.known(known);
		}
		discardIfUnknown();
		return known;
	}

	void unsubscribed(String topic) {
		this.own.remove(topic, this.clock.getAsLong());
	}

	private void discardIfUnknown() {
		if (this.informed.isEmpty()) {
			this.own.changes().discard();
		}
	}

	/**
	 * Take a view.
	 * @param view its number
	 */
	void view(long view, Collection<Node> others) {
		this.others = List.copyOf(others);
		this.peers.keySet().retainAll(others);
		this.informed.retainAll(others);
		this.acknowledgements.view(others, this.clock.getAsLong());
		this.knowledge = new Knowledge(view, Map.of());
		this.replicas.view(others);
		discardIfUnknown();
		others.forEach(this::publish);
	}

	/** Ask a node that has told that it reads such messages. */
	void met(Node node) {
		this.replicas.askIfIncomplete(node);
	}

	void receive(Node sender, InterestMessage message) {
		if (message instanceof InterestMessage.Changed changed) {
			this.replicas.changes(sender, changed.changes());
			acknowledge(sender);
		}
		else if (message instanceof InterestMessage.Ask ask) {
			this.replicas.asked(sender, ask.request());
		}
		else if (message instanceof InterestMessage.Page page) {
			this.replicas.part(sender, page.part());
		}
		else if (message instanceof InterestMessage.Ping ping) {
			acknowledged(sender, ping.incarnation(), ping.number());
			answer(sender, ping);
		}
		else if (message instanceof InterestMessage.Pong pong) {
			this.replicas.beat(sender, pong.incarnation(), pong.number());
			lease(sender, pong);
		}
		else if (message instanceof InterestMessage.Acknowledgement known) {
			acknowledged(sender, known.incarnation(), known.number());
		}
		publish(sender);
	}

	private void acknowledge(Node owner) {
		Position position = this.replicas.position(owner);
		if (position != null) {
			send(owner, new InterestMessage.Acknowledgement(position.incarnation(), position.number()));
		}
	}

	private void acknowledged(Node node, long incarnation, long number) {
		if (incarnation == this.incarnation) {
			this.acknowledgements.acknowledged(node, number);
		}
	}

	// one that has missed anything sees it by the number; one outside of the view is not
	// waited for, so it must not be sure of anything
	private void answer(Node node, InterestMessage.Ping ping) {
		if (this.others.contains(node)) {
			this.informed.add(node);
			flush();
			this.acknowledgements.leased(node, this.clock.getAsLong());
			send(node, new InterestMessage.Pong(this.incarnation, this.own.changes().last(), ping.moment()));
		}
	}

	private void lease(Node node, InterestMessage.Pong pong) {
		Position position = this.replicas.position(node);
		PeerTopics topics = this.peers.get(node);
		if (position != null && topics != null && position.incarnation() == pong.incarnation()
				&& position.number() >= pong.number() && this.clock.getAsLong() - pong.moment() >= 0) {
			topics.lease(pong.moment());
		}
	}

	/** Called at intervals that are a fraction of a lease. */
	void tick() {
		this.own.expire(this.clock.getAsLong());
		discardIfUnknown();
		this.replicas.tick();
		this.others.forEach(this::publish);
		if (this.use.isRecent(this.clock.getAsLong())) {
			renew();
		}
	}

	/** Ask for the leases that are missing or half over: a publisher needs them. */
	void renew() {
		this.others.forEach(this::renew);
	}

	// each node that publishes does this with each other one
	private void renew(Node node) {
		PeerTopics topics = this.peers.get(node);
		if (topics == null || topics.needsRenewal(this.clock.getAsLong())) {
			ping(node);
		}
	}

	private void ping(Node node) {
		Position position = this.replicas.position(node);
		if (position != null) {
			send(node, new InterestMessage.Ping(position.incarnation(), position.number(), this.clock.getAsLong()));
		}
	}

	// a node is there as long as its interests are known completely
	private void publish(Node node) {
		Map<Node, PeerTopics> known = this.knowledge.peers();
		PeerTopics topics = (this.replicas.position(node) != null) ? this.peers.get(node) : null;
		if (known.get(node) == topics) {
			return;
		}
		Map<Node, PeerTopics> changed = new HashMap<>(known);
		if (topics != null) {
			changed.put(node, topics);
		}
		else {
			changed.remove(node);
		}
		this.knowledge = new Knowledge(this.knowledge.view(), Map.copyOf(changed));
		if (topics != null) {
			ping(node);
		}
	}

	@Override
	public void ask(Node node, Request request) {
		send(node, new InterestMessage.Ask(request));
	}

	@Override
	public void answer(Node node, Request request) {
		this.informed.add(node);
		flush();
		List<Interest> rest = this.own.after(request.after());
		List<Interest> entries = OwnInterests.IN_FRAME.first(rest);
		long end = (entries.size() < rest.size()) ? entries.get(entries.size() - 1).id() : StatePart.ALL;
		send(node, new InterestMessage.Page(
				new StatePart<>(request.token(), this.incarnation, this.own.changes().last(), end, entries)));
	}

	private void send(Node node, InterestMessage message) {
		this.messages.add(new Addressed(Set.of(node), message));
	}

	// this comes before any message that tells the number of the last change
	private void flush() {
		for (Changes<Interest> next = this.own.changes().take(); next != null; next = this.own.changes().take()) {
			this.messages.add(new Addressed(Set.copyOf(this.informed), new InterestMessage.Changed(next)));
		}
	}

	/** Return and remove the messages to send, in this order. */
	List<Addressed> takeMessages() {
		discardIfUnknown();
		flush();
		List<Addressed> taken = this.messages;
		this.messages = new ArrayList<>();
		return taken;
	}

	/** Return and remove the stages to complete. */
	List<CompletableFuture<@Nullable Void>> takeKnown() {
		return this.acknowledgements.takeKnown(this.clock.getAsLong());
	}

	/** A message to other nodes. */
	record Addressed(Set<Node> receivers, InterestMessage message) {
	}

}
