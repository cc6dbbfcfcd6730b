package io.clusterspring.jgroups;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.ViewId;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.TimeScheduler;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.AgreementHeader.Line;
import io.clusterspring.jgroups.CutLinks.Report;

/**
 * Stands between what suspects and what installs views, so that every view is true from
 * both sides when only some links are cut. JGroups takes such a network for one of nodes
 * that are there or not: the coordinator takes out whom it does not hear, nobody tells
 * the one that is out, a member that another one does not hear stays, and a merge brings
 * together whom the next suspicion takes apart (JGRP-937 and JGRP-1061 are about the
 * views that come of it).
 *
 * <p>
 * Here nodes tell each other whom they do not hear, and an {@link Exclusion} decides
 * whose suspicion reaches GMS; those who are out are told; and a {@link MergeRound} lets
 * parts merge only once all their members have reached each other.
 */
final class ViewAgreement extends Protocol {

	/**
	 * The identifier of the protocol.
	 */
	static final short ID = 700;

	private static final Log logger = LogFactory.getLog(ViewAgreement.class);

	// a heal is to be seen within ten seconds
	private static final long LONGEST_STAND_MILLIS = 8000;

	private static final long TICK_MILLIS = 250;

	// senders can make addresses up
	private static final int MOST_TOLD = 500;

	private final long stand;

	private final NodeSilence silence;

	private final EngineFailures failures;

	private final AgreementTalk talk = new AgreementTalk(this::send);

	private final Set<Address> toTell = new HashSet<>();

	private @Nullable State state;

	private @Nullable Future<?> ticker;

	private boolean odd;

	/**
	 * Create the protocol.
	 * @param limits how long to wait for a node that does not answer
	 * @param silence knows who is silent
	 * @param failures keeps errors
	 */
	ViewAgreement(NodeLimits limits, NodeSilence silence, EngineFailures failures) {
		AgreementHeader.register();
		setId(ID);
		this.stand = Math.min(limits.detection().toMillis(), LONGEST_STAND_MILLIS);
		this.silence = silence;
		this.failures = failures;
	}

	private static long now() {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
	}

	private TimeScheduler timer() {
		return getTransport().getTimer();
	}

	@Override
	public void start() throws Exception {
		super.start();
		this.ticker = timer().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() {
		Future<?> running = this.ticker;
		if (running != null) {
			running.cancel(false);
		}
		super.stop();
	}

	@Override
	public @Nullable Object up(Event event) {
		switch (event.getType()) {
			case Event.SUSPECT -> suspected(addresses(event));
			case Event.UNSUSPECT -> unsuspected(event);
			case Event.MERGE -> found(event.getArg());
			default -> {
				return this.up_prot.up(event);
			}
		}
		return null;
	}

	private static Collection<Address> addresses(Event event) {
		return (event.arg() instanceof Address one) ? List.of(one) : event.getArg();
	}

	@Override
	public @Nullable Object up(Message message) {
		AgreementHeader header = message.getHeader(ID);
		if (header == null) {
			return this.up_prot.up(message);
		}
		heard(message.getSrc(), header);
		return null;
	}

	@Override
	public void up(MessageBatch batch) {
		batch.removeIf((message) -> {
			AgreementHeader header = message.getHeader(ID);
			if (header != null) {
				heard(message.getSrc(), header);
			}
			return header != null;
		}, true);
		if (!batch.isEmpty()) {
			this.up_prot.up(batch);
		}
	}

	@Override
	public Object down(Event event) {
		Object result = this.down_prot.down(event);
		if (event.getType() == Event.VIEW_CHANGE) {
			installed(event.getArg());
		}
		return result;
	}

	private synchronized void installed(View view) {
		State before = this.state;
		Exclusion exclusion = (before != null) ? before.exclusion : new Exclusion(this.local_addr, this.stand);
		MergeAdmission merges = (before != null) ? before.merges
				: new MergeAdmission(this.local_addr, this.talk, exclusion, view);
		merges.installed(view);
		Set<Address> out = exclusion.installed(view.getViewId().getId(), view.getMembers(), now());
		this.state = new State(exclusion, merges, view);
		this.toTell.removeIf(view::containsMember);
		// again a little later, while the connection is still there
		this.toTell.addAll(out);
		out.forEach((member) -> this.talk.tellView(member, view, exclusion.standsFor(now())));
	}

	private synchronized void suspected(Collection<Address> suspects) {
		State current = this.state;
		if (current != null && current.exclusion.suspected(suspects, now())) {
			sayAndDecide(current.exclusion);
		}
	}

	private void unsuspected(Event event) {
		if (!isExcluded(event.getArg())) {
			this.up_prot.up(event);
		}
	}

	private synchronized boolean isExcluded(Address heard) {
		State current = this.state;
		if (current != null && current.exclusion.unsuspected(heard, now())) {
			sayAndDecide(current.exclusion);
		}
		return current != null && current.exclusion.isExcluded(heard);
	}

	private void heard(Address from, AgreementHeader header) {
		guarded("receive", (current) -> take(current, from, header));
	}

	private void tick() {
		guarded("views", this::tick);
	}

	private synchronized void guarded(String work, Consumer<State> action) {
		State current = this.state;
		try {
			if (current != null) {
				action.accept(current);
			}
		}
		catch (Error ex) {
			this.failures.add(work, ex);
			throw ex;
		}
	}

	private void take(State current, Address from, AgreementHeader header) {
		switch (header.kind()) {
			case AgreementHeader.REPORT -> takeReports(current.exclusion, from, header.lines());
			case AgreementHeader.VIEW -> takeView(current.exclusion, from, header);
			case AgreementHeader.PROBE -> this.talk.echo(from, header.number());
			default -> merge(current.merges.take(from, header, now()));
		}
	}

	private void takeReports(Exclusion exclusion, Address from, List<Line> lines) {
		if (!exclusion.isMember(from)) {
			// it counts this node as one
			tellSoon(from);
			return;
		}
		boolean news = false;
		for (Line line : lines) {
			ViewId id = line.id();
			news |= exclusion.heard(new Report(id.getCreator(), id.getId(), Set.copyOf(line.members())), now());
		}
		if (news) {
			sayAndDecide(exclusion);
		}
	}

	private void tellSoon(Address other) {
		if (this.toTell.size() < MOST_TOLD) {
			this.toTell.add(other);
		}
	}

	private void takeView(Exclusion exclusion, Address from, AgreementHeader header) {
		Line view = header.lines().get(0);
		exclusion.told(from, view.id().getId(), view.members(), header.number(), now());
		decide(exclusion);
	}

	private void sayAndDecide(Exclusion exclusion) {
		this.talk.report(exclusion.others(), exclusion.reports(now()));
		Set<Address> doubted = new HashSet<>(exclusion.inDoubt());
		doubted.addAll(this.silence.quiet());
		verify(doubted);
		decide(exclusion);
	}

	private void decide(Exclusion exclusion) {
		GMS membership = getProtocolStack().findProtocol(GMS.class);
		if (membership == null || membership.isLeaving()) {
			return;
		}
		Exclusion.Verdict verdict = exclusion.decide(now());
		if (!verdict.cause().isEmpty()) {
			logger.warn(verdict.cause());
		}
		if (!verdict.suspects().isEmpty()) {
			pass(new Event(Event.SUSPECT, List.copyOf(verdict.suspects())));
		}
		verdict.again().forEach((member) -> pass(new Event(Event.UNSUSPECT, member)));
	}

	// GMS waits for the members when it installs a view
	private void pass(Event event) {
		timer().execute(() -> this.up_prot.up(event), true);
	}

	private void verify(Set<Address> members) {
		if (!members.isEmpty()) {
			timer().execute(() -> this.down_prot.up(new Event(Event.SUSPECT, List.copyOf(members))), true);
		}
	}

	private void found(Map<Address, View> views) {
		guarded("views", (current) -> {
			views.forEach((member, theirs) -> {
				current.exclusion.told(member, theirs.getViewId().getId(), theirs.getMembers(), 0, now());
				if (theirs.containsMember(this.local_addr) && !current.view.containsMember(member)) {
					tellSoon(member);
				}
			});
			decide(current.exclusion);
			if (current.exclusion.isCoordinator()) {
				current.merges.begin(views, now());
			}
		});
	}

	private void merge(@Nullable Map<Address, View> views) {
		if (views != null) {
			pass(new Event(Event.MERGE, views));
		}
	}

	private void tick(State current) {
		List<Address> told = List.copyOf(this.toTell);
		this.toTell.clear();
		told.stream()
			.filter((member) -> !current.view.containsMember(member))
			.forEach((member) -> this.talk.tellView(member, current.view, current.exclusion.standsFor(now())));
		this.odd = !this.odd;
		if (this.odd && current.exclusion.isOpen(now())) {
			sayAndDecide(current.exclusion);
		}
		else {
			decide(current.exclusion);
		}
		merge(current.merges.tick(now()));
	}

	private void send(Address to, AgreementHeader header) {
		this.down_prot.down(new EmptyMessage(to).putHeader(ID, header)
			.setFlag(Message.Flag.OOB)
			.setFlag(Message.TransientFlag.DONT_BLOCK));
	}

	private record State(Exclusion exclusion, MergeAdmission merges, View view) {
	}

}
