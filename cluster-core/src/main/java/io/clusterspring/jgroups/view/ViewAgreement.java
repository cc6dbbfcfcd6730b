package io.clusterspring.jgroups.view;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.GMS.GmsHeader;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.TimeScheduler;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.RefusedFrames;

/**
 * Stands between what suspects and what installs views, so that every view is true from
 * both sides when only some links are cut: nodes tell each other whom they do not hear,
 * an {@link Exclusion} decides whose suspicion reaches GMS, those who are out are told,
 * and a {@link MergeRound} lets parts merge only once all their members have reached each
 * other. A member is not let into a second view by a node outside of its own, as
 * ParticipantGmsImpl would have it, nor by a node that it is about to exclude.
 *
 * <p>
 * Replaces what GMS would make of suspicions and of a join's answer (JGRP-937 and
 * JGRP-1061 are about the views that come of it: docs/upstream.md#links-that-are-cut,
 * docs/upstream.md#a-late-answer-to-a-join). This can go once GMS decides with the
 * suspicions of all members, and ignores answers from outside of its view.
 */
public final class ViewAgreement extends Protocol {

	/** The identifier of the protocol. */
	public static final short ID = 700;

	private static final Log logger = LogFactory.getLog(ViewAgreement.class);

	private static final long TICK_MILLIS = 250;

	private final short membershipId = ClassConfigurator.getProtocolId(GMS.class);

	private final long stand;

	private final Supplier<Set<Address>> quiet;

	private final RefusedFrames refused;

	private final EngineFailures failures;

	private final long standstillMillis;

	private final GoneReasons reasons = new GoneReasons();

	private Standstill standstill;

	private @Nullable Agreement agreement;

	private @Nullable Future<?> ticker;

	// a view that an exclusion has made is to last for stand milliseconds; quiet are the
	// members that were silent for a while
	public ViewAgreement(long stand, long standstillMillis, Supplier<Set<Address>> quiet, RefusedFrames refused,
			EngineFailures failures) {
		AgreementHeader.register();
		setId(ID);
		this.stand = stand;
		this.standstillMillis = standstillMillis;
		this.standstill = newStandstill();
		this.quiet = quiet;
		this.refused = refused;
		this.failures = failures;
	}

	/** Note what has made members suspicious, for operators. */
	public static void note(@Nullable ProtocolStack stack, Collection<Address> members, String what) {
		ViewAgreement present = (stack != null) ? stack.findProtocol(ViewAgreement.class) : null;
		if (present != null) {
			present.reasons.note(members, what);
		}
	}

	/**
	 * Return why a member of the view before has gone, {@code null} if it is not known.
	 */
	public static @Nullable String goneBecause(@Nullable ProtocolStack stack, Node node) {
		ViewAgreement present = (stack != null) ? stack.findProtocol(ViewAgreement.class) : null;
		return (present != null) ? present.reasons.of(node) : null;
	}

	private Standstill newStandstill() {
		return new Standstill(this.standstillMillis, System.nanoTime());
	}

	private TimeScheduler timer() {
		return getTransport().getTimer();
	}

	@Override
	public void start() throws Exception {
		super.start();
		synchronized (this) {
			this.standstill = newStandstill();
		}
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
			case Event.SUSPECT -> guarded("views", (current) -> current.suspected(addresses(event)));
			case Event.UNSUSPECT -> unsuspected(event);
			case Event.MERGE -> guarded("views", (current) -> current.found(event.getArg()));
			default -> {
				return this.up_prot.up(event);
			}
		}
		return null;
	}

	private static Collection<Address> addresses(Event event) {
		return (event.arg() instanceof Address one) ? List.of(one) : event.getArg();
	}

	private void unsuspected(Event event) {
		if (isNews(event.getArg())) {
			this.up_prot.up(event);
		}
	}

	private synchronized boolean isNews(Address heard) {
		return this.agreement == null || this.agreement.unsuspected(heard);
	}

	@Override
	public @Nullable Object up(Message message) {
		AgreementHeader header = message.getHeader(ID);
		if (header != null) {
			take(message.getSrc(), header);
			return null;
		}
		return isTooLate(message) ? null : this.up_prot.up(message);
	}

	private void take(Address from, AgreementHeader header) {
		String unknown = header.unknown();
		if (unknown != null) {
			this.refused.skip(from, "about the agreement of views (" + unknown + ")");
			return;
		}
		guarded("receive", (current) -> current.take(from, header));
	}

	// a coordinator that was frozen finds requests that were made long ago, by nodes that
	// have asked again since, and have become members of another view; a member that was
	// frozen finds views that others have left behind
	private boolean isTooLate(Message message) {
		GmsHeader membership = message.getHeader(this.membershipId);
		return membership != null && switch (membership.getType()) {
			case GmsHeader.JOIN_REQ, GmsHeader.JOIN_REQ_WITH_STATE_TRANSFER -> hasStoodStill();
			case GmsHeader.JOIN_RSP -> isStranger(message.getSrc());
			case GmsHeader.VIEW -> isExcluded(message.getSrc());
			default -> false;
		};
	}

	private synchronized boolean hasStoodStill() {
		return this.standstill.isRecent(System.nanoTime());
	}

	private synchronized boolean isStranger(Address sender) {
		return this.agreement != null && !this.agreement.isMember(sender);
	}

	private synchronized boolean isExcluded(Address sender) {
		return this.agreement != null && this.agreement.isExcluded(sender);
	}

	private void tick() {
		synchronized (this) {
			this.standstill.move(System.nanoTime());
		}
		guarded("views", Agreement::tick);
	}

	@Override
	public void up(MessageBatch batch) {
		batch.removeIf((message) -> {
			AgreementHeader header = message.getHeader(ID);
			if (header != null) {
				take(message.getSrc(), header);
			}
			return header != null || isTooLate(message);
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
		if (this.agreement == null) {
			this.agreement = new Agreement(this.local_addr, view, this.stand, new Engine(),
					new AgreementTalk(this::send), System::nanoTime);
		}
		this.agreement.installed(view);
		this.reasons.installed(view.getMembers());
	}

	private synchronized void guarded(String work, Consumer<Agreement> action) {
		try {
			if (this.agreement != null) {
				action.accept(this.agreement);
			}
		}
		catch (Error ex) {
			this.failures.add(work, ex);
			throw ex;
		}
	}

	private void send(Address to, AgreementHeader header) {
		this.down_prot.down(new EmptyMessage(to).putHeader(ID, header)
			.setFlag(Message.Flag.OOB)
			.setFlag(Message.TransientFlag.DONT_BLOCK));
	}

	// GMS waits for the members when it installs a view
	private void pass(Event event) {
		timer().execute(() -> this.up_prot.up(event), true);
	}

	/** Does what the agreement decides. */
	private final class Engine implements Agreement.Engine {

		@Override
		public boolean isLeaving() {
			GMS membership = getProtocolStack().findProtocol(GMS.class);
			return membership == null || membership.isLeaving();
		}

		@Override
		public void warn(String cause) {
			logger.warn(cause);
			ViewAgreement.this.reasons.cut();
		}

		@Override
		public void verify(Set<Address> members) {
			Set<Address> silent = ViewAgreement.this.quiet.get();
			silent.addAll(members);
			if (!silent.isEmpty()) {
				timer().execute(() -> ViewAgreement.this.down_prot.up(new Event(Event.SUSPECT, List.copyOf(silent))),
						true);
			}
		}

		@Override
		public void suspect(Set<Address> members) {
			ViewAgreement.this.reasons.excluded(members);
			timer().execute(() -> {
				// there may be another view since
				if (members.stream().allMatch(ViewAgreement.this::isExcluded)) {
					ViewAgreement.this.up_prot.up(new Event(Event.SUSPECT, List.copyOf(members)));
				}
			}, true);
		}

		@Override
		public void unsuspect(Address member) {
			pass(new Event(Event.UNSUSPECT, member));
		}

		@Override
		public void merge(Map<Address, View> views) {
			pass(new Event(Event.MERGE, views));
		}

	}

}
