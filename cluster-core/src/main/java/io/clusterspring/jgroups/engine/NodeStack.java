package io.clusterspring.jgroups.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

import org.jgroups.Address;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;

import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.jgroups.discovery.NodeDiscovery;
import io.clusterspring.jgroups.flow.FrameSender;
import io.clusterspring.jgroups.view.ViewAgreement;

/**
 * The protocols of a node, from the bottom up. NAKACK2 and STABLE are there for GMS; the
 * frames themselves are unicasts.
 */
final class NodeStack {

	private static final int CONNECT_MILLIS = 1000;

	// a crash has to be known within a second, and JGroups takes up to twice this time
	private static final int VERIFY_MILLIS = 200;

	// a heal is to be seen within ten seconds
	private static final long LONGEST_STAND_MILLIS = 8000;

	private static final long ONE_HOUR = 3_600_000;

	private NodeStack() {
	}

	static List<Protocol> protocols(ListenAddress address, PortRange ports, NodeDiscovery discovery, NodeLimits limits,
			RefusedFrames refused, EngineFailures failures) {
		NodeSilence silence = silence(limits.detection());
		List<Protocol> stack = new ArrayList<>(List.of(tcp(address, ports, failures, silence), discovery,
				new NodeMerge(), silence, new NodeVerification().setTimeout(VERIFY_MILLIS),
				agreement(limits, silence, refused, failures)));
		stack.addAll(FrameSender.repeating(refused));
		stack.addAll(List.of(new STABLE(), gms()));
		stack.addAll(FrameSender.bounding(limits, refused, failures));
		return stack;
	}

	private static ViewAgreement agreement(NodeLimits limits, NodeSilence silence, RefusedFrames refused,
			EngineFailures failures) {
		long stand = Math.min(limits.detection().toMillis(), LONGEST_STAND_MILLIS);
		// nobody is taken out for less
		long standstill = silenceOfDuplicate(limits) / 2;
		return new ViewAgreement(stand, standstill, silence::quiet, refused, failures);
	}

	private static NodeSilence silence(Duration detection) {
		NodeSilence silence = new NodeSilence();
		silence.setTimeout(silenceMillis(detection)).setInterval(intervalMillis(detection));
		return silence;
	}

	private static long silenceMillis(Duration detection) {
		// on top of the silence comes up to one interval until it is looked for, up to
		// twice the time to verify, and the new view
		long interval = intervalMillis(detection);
		return Math.max(7 * interval - VERIFY_MILLIS, 2 * interval);
	}

	private static long intervalMillis(Duration detection) {
		return detection.toMillis() / 10;
	}

	// as long as any member may be silent, but not for minutes
	static long silenceOfDuplicate(NodeLimits limits) {
		return Math.min(silenceMillis(limits.detection()), silenceMillis(NodeLimits.DEFAULT.detection()));
	}

	private static Protocol tcp(ListenAddress address, PortRange ports, EngineFailures failures, NodeSilence silence) {
		NodeTcp tcp = new NodeTcp(failures, silence);
		tcp.setBindAddress(address.host());
		tcp.tellOf(address.found(), address.port());
		tcp.setBindPort(ports.first());
		tcp.setPortRange(ports.count() - 1);
		tcp.setSockConnTimeout(CONNECT_MILLIS);
		// lanes collect what waits by themselves: a small batch has nothing to wait for
		tcp.tcpNodelay(true);
		tcp.setSuppressTimeDifferentClusterWarnings(ONE_HOUR);
		tcp.setValue("thread_naming_pattern", "c");
		return tcp;
	}

	private static Protocol gms() {
		GMS gms = new GMS().printLocalAddress(false).printPhysicalAddress(false);
		// waits for the answer to a join; how long to look for members is NodeDiscovery's
		gms.setJoinTimeout(2000);
		// JGroups never forgets a node it once heard of: without a limit it would wait
		// for one that died while it was starting
		gms.setMaxJoinAttempts(10);
		gms.setMembershipChangePolicy(new LargerPartFirst());
		gms.setValue("all_clients_retry_timeout", 20);
		return gms;
	}

	/**
	 * When parts of a cluster merge, those of the largest come first, each in its order:
	 * they have talked most lately. A node that was frozen, and comes back when another
	 * process has got its name, does not take it away again; and there is no new
	 * coordinator for its sake.
	 *
	 * <p>
	 * This is an extension point of JGroups, its policy of membership, and replaces
	 * nothing.
	 */
	static final class LargerPartFirst extends GMS.DefaultMembershipPolicy {

		@Override
		public List<Address> getNewMembership(Collection<Collection<Address>> parts) {
			LinkedHashSet<Address> merged = new LinkedHashSet<>();
			parts.stream()
				.filter((part) -> !part.isEmpty())
				.sorted(Comparator.<Collection<Address>>comparingInt(Collection::size)
					.reversed()
					.thenComparing((part) -> part.iterator().next()))
				.forEach(merged::addAll);
			// the engine takes some out again
			return new ArrayList<>(merged);
		}

	}

}
