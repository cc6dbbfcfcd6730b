package io.clusterspring.jgroups.discovery;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.TCPPING;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;

import io.clusterspring.NodeAddress;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.NodeLookup.Found;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.DiscoveryRound.Target;
import io.clusterspring.jgroups.guard.ConnectionSecurity;

/**
 * Asks at every place that a {@link NodeLookup} names, until a coordinator is found, the
 * {@link DiscoveryRound} is over, or its time is. A node whose round ends as the first of
 * all it has heard of will found the cluster: from that moment until it is coordinator it
 * does not answer. A node listens before it asks. So of two nodes, either one has counted
 * the other before it decided, or it is asked again and answers as coordinator; they do
 * not both found one.
 *
 * <p>
 * Replaces TCPPING, which asks once, and does not keep nodes that start together from
 * founding a cluster each (declined upstream in JGRP-1977:
 * docs/upstream.md#nodes-that-start-together). This can go once TCPPING repeats its
 * request and answers nothing while it founds a cluster.
 */
public final class NodeDiscovery extends Discovery {

	private static final Log logger = LogFactory.getLog(NodeDiscovery.class);

	// with any news
	private static final long LONGEST_LOOK_MILLIS = 60_000;

	private static final long WAIT_MILLIS = 50;

	private static final long ASK_AGAIN_MILLIS = 300;

	private static final long PROVING_MILLIS = 100;

	private final List<NodeAddress> expected;

	private final RepeatedLookup lookup;

	private final PortRange ports;

	private final long silenceMillis;

	private final Contacts contacts;

	private final Solitude solitude = new Solitude();

	private @Nullable Questions questions;

	private final DuplicateNames duplicates = new DuplicateNames(this::ask);

	private final Search search = new Search(System::nanoTime);

	private volatile boolean stopped;

	private Source source = Source.ANSWER;

	// for silenceMillis a member is asked in vain whose name a newcomer has
	public NodeDiscovery(NodeLookup lookup, PortRange ports, long silenceMillis, Contacts contacts) {
		setId(ClassConfigurator.getProtocolId(TCPPING.class));
		returnEntireCache(true);
		this.expected = (lookup instanceof ListedNodes nodes) ? nodes.expected() : List.of();
		this.lookup = new RepeatedLookup(lookup);
		this.ports = ports;
		this.silenceMillis = silenceMillis;
		this.contacts = contacts;
	}

	@Override
	public boolean isDynamic() {
		return false;
	}

	@Override
	public void start() throws Exception {
		this.stopped = false;
		super.start();
		this.questions = new Questions(this, (Places) this.transport, this.contacts, this.search::hasAnswered);
		this.search.reset();
	}

	@Override
	public void stop() {
		this.stopped = true;
		super.stop();
	}

	@Override
	protected void findMembers(@Nullable List<Address> members, boolean initial, Responses found) {
		if (initial) {
			DiscoveryRound started = new DiscoveryRound(this.local_addr, this.expected, this.ports);
			this.lookup.expire();
			this.search.begin(started, found);
			endRoundAfter(Search.ROUND_MILLIS, started);
			repeat(found);
		}
		else {
			askAll(false);
		}
	}

	// a node that proves itself counts as well, and one that may get the question, or has
	// it: a round that ends before its answer is there would let both found a cluster
	private void endRoundAfter(long millis, DiscoveryRound started) {
		this.timer.schedule(() -> {
			if (this.search.isWorthWaiting(started, ConnectionSecurity.isProving(this.transport))) {
				endRoundAfter(PROVING_MILLIS, started);
			}
			else {
				this.search.end(started);
			}
		}, millis, TimeUnit.MILLISECONDS);
	}

	private void repeat(Responses found) {
		if (!found.isDone()) {
			try {
				askFirst();
				if (!this.search.isFollowing()) {
					askAll(true);
				}
			}
			finally {
				this.timer.schedule(() -> repeat(found), this.search.pauseMillis(), TimeUnit.MILLISECONDS);
			}
		}
	}

	private void askFirst() {
		Address first = this.search.first();
		if (first == null) {
			return;
		}
		PhysicalAddress place = physical(first);
		if (place == null) {
			this.search.lost(first);
			return;
		}
		this.timer.execute(() -> questions().ask(place, true, (result) -> {
			if (result.cause() != null) {
				this.search.lost(first);
			}
		}), true);
	}

	@Override
	protected @Nullable Object handle(PingHeader header, Message message) {
		this.duplicates.heard(message.getSrc());
		if (header.type() != PingHeader.GET_MBRS_REQ) {
			return super.handle(header, message);
		}
		this.duplicates.asked(message.getSrc(), this.view, this.local_addr);
		synchronized (this.search) {
			if (this.search.isFounding()) {
				return null;
			}
			this.source = header.initialDiscovery() ? Source.NEWCOMER : Source.MEMBER;
			try {
				return super.handle(header, message);
			}
			finally {
				this.source = Source.ANSWER;
			}
		}
	}

	private void ask(Address elder) {
		this.timer.execute(() -> askAgain(elder), true);
		this.timer.schedule(() -> {
			if (this.duplicates.isMissed(elder, this.view)) {
				this.up_prot.up(new Event(Event.SUSPECT, List.of(elder)));
			}
		}, this.silenceMillis, TimeUnit.MILLISECONDS);
	}

	private void askAgain(Address elder) {
		PhysicalAddress address = physical(elder);
		if (address != null && this.duplicates.isSilent(elder)) {
			questions().ask(address, false);
			this.timer.schedule(() -> askAgain(elder), ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private @Nullable PhysicalAddress physical(Address address) {
		return (PhysicalAddress) down(new Event(Event.GET_PHYSICAL_ADDRESS, address));
	}

	@Override
	protected void addResponse(PingData response, boolean overwrite) {
		if (this.search.isFounding()) {
			return;
		}
		// before the round knows: whoever ends it may found on what is there by then
		super.addResponse(response, overwrite);
		synchronized (this.search) {
			switch (this.source) {
				case ANSWER -> this.search.answered(response.getAddress(), response.getPhysicalAddr());
				case NEWCOMER -> this.search.learn((round) -> round.askedBy(response.getAddress()));
				case MEMBER -> {
				}
			}
		}
	}

	@Override
	public Object down(Event event) {
		Object result = super.down(event);
		if (event.getType() == Event.VIEW_CHANGE) {
			this.search.ended();
		}
		else if (event.getType() == Event.FIND_INITIAL_MBRS && result instanceof Responses found) {
			awaitEnd(found);
		}
		return result;
	}

	// GMS waits for members as long as for the answer to a join, and then founds a
	// cluster without them. On a busy machine the first answer may come later
	private void awaitEnd(Responses found) {
		long start = System.nanoTime();
		while (!found.isDone() && !this.stopped
				&& System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(LONGEST_LOOK_MILLIS)) {
			found.waitFor(WAIT_MILLIS);
		}
	}

	private void askAll(boolean initial) {
		this.timer.execute(() -> {
			IpAddress own = (IpAddress) physical(this.local_addr);
			if (own == null) {
				return;
			}
			targets(own, initial).forEach((target) -> questions().ask(target, initial, this.search::learn));
			sayWhyAlone();
		}, true);
	}

	private Questions questions() {
		return Objects.requireNonNull(this.questions);
	}

	private List<Target> targets(IpAddress own, boolean initial) {
		Found found = this.lookup.found(own.getIpAddress(), initial);
		List<Target> targets = found.places().stream().map((place) -> Target.of(place, this.ports)).toList();
		this.contacts.located(targets, this.lookup.failure());
		this.search.learn((round) -> round.located(targets, found.complete()));
		return targets;
	}

	private void sayWhyAlone() {
		View present = this.view;
		boolean alone = present == null || present.size() < 2;
		String news;
		synchronized (this.solitude) {
			news = this.solitude.news(alone, alone ? this.contacts.unreached() : List.of(), System.nanoTime());
		}
		if (news != null) {
			logger.warn(MemberAddress.nodeOf(this.local_addr) + " is alone in cluster '" + this.cluster_name
					+ "', and looks for others in vain. " + news);
		}
	}

	/** Where the news of a node come from. */
	private enum Source {

		ANSWER, NEWCOMER,

		// there is a cluster, but its coordinator is not known from that
		MEMBER

	}

	/** The addresses of nodes, as the transport knows them. */
	public interface Places {

		// it listens there, or is to be found there
		boolean isHere(IpAddress address);

		// a member, or a node that has been heard of, says it is to be found there
		boolean isKnown(PhysicalAddress address);

		/**
		 * Return where connections with other nodes lead.
		 * @return the addresses
		 */
		Collection<PhysicalAddress> connected();

		Detours detours();

	}

}
