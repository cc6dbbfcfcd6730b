package io.clusterspring.jgroups.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;
import io.clusterspring.UnreachedPlace;
import io.clusterspring.UnreachedPlace.Cause;
import io.clusterspring.jgroups.HostAndPort;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.DiscoveryRound.Target;
import io.clusterspring.jgroups.guard.ContactFailure;

/**
 * How the last attempt to reach each place went at which nodes are looked for. Of the
 * ports of a place one that leads to a node is enough; if none does, the failure that
 * says most stands for all. Thread-safe.
 */
public final class Contacts {

	// a host that has no address has no ports either
	private static final int HOST = 0;

	private static final Comparator<Map.Entry<Integer, ContactFailure>> TELLING = Comparator
		.comparing((entry) -> Objects.requireNonNull(entry.getValue().cause()));

	private final Set<Target> others;

	private final Map<Target, Map<Integer, ContactFailure>> attempts = new LinkedHashMap<>();

	private @Nullable String lookup;

	// others are places of other nodes; another one may be that of this node alone
	Contacts(Set<Target> others) {
		this.others = Set.copyOf(others);
	}

	// ports are null if it is not this starter that looks for nodes
	public static Contacts of(Node self, List<NodeAddress> listed, @Nullable PortRange ports) {
		if (ports == null) {
			return new Contacts(Set.of());
		}
		return new Contacts(listed.stream()
			.filter((other) -> !other.node().equals(self))
			.map((other) -> Target.of(Seed.of(other), ports))
			.collect(Collectors.toSet()));
	}

	synchronized void located(Collection<Target> targets, @Nullable String failure) {
		this.attempts.keySet().retainAll(targets);
		this.lookup = failure;
	}

	synchronized void unknown(Target target) {
		Map<Integer, ContactFailure> ports = new HashMap<>();
		ports.put(HOST, new ContactFailure(Cause.UNKNOWN_HOST, "no address is known for this host"));
		this.attempts.put(target, ports);
	}

	synchronized void tried(Target target, int port, ContactFailure result) {
		Map<Integer, ContactFailure> ports = this.attempts.computeIfAbsent(target, (place) -> new HashMap<>());
		ports.remove(HOST);
		ports.put(port, result);
	}

	public synchronized void clear() {
		this.attempts.clear();
		this.lookup = null;
	}

	// where no other node was reached the last time, in the order they became known
	public synchronized List<UnreachedPlace> unreached() {
		List<UnreachedPlace> unreached = new ArrayList<>();
		if (this.lookup != null) {
			unreached.add(new UnreachedPlace("lookup", Cause.LOOKUP, this.lookup));
		}
		this.attempts.forEach((target, ports) -> {
			UnreachedPlace place = unreached(target, ports);
			if (place != null) {
				unreached.add(place);
			}
		});
		return unreached;
	}

	private @Nullable UnreachedPlace unreached(Target target, Map<Integer, ContactFailure> ports) {
		if (ports.containsValue(ContactFailure.NONE)) {
			return null;
		}
		Map.Entry<Integer, ContactFailure> most = ports.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().cause() != null)
			.min(TELLING)
			.orElse(null);
		if (most == null) {
			return null;
		}
		Cause cause = Objects.requireNonNull(most.getValue().cause());
		if (cause == Cause.REFUSED && ports.containsValue(ContactFailure.SELF) && !this.others.contains(target)) {
			return null;
		}
		String place = isOfHost(cause, ports.values()) ? target.toString()
				: HostAndPort.of(target.host(), most.getKey());
		return new UnreachedPlace(place, cause, most.getValue().detail());
	}

	// where no port answers at all, none of them is worth a name
	private static boolean isOfHost(Cause cause, Collection<ContactFailure> results) {
		if (cause == Cause.REFUSED || cause == Cause.UNKNOWN_HOST) {
			return true;
		}
		return results.stream()
			.allMatch((result) -> result.cause() == null || result.cause() == Cause.TIMED_OUT
					|| result.cause() == Cause.UNREACHABLE);
	}

}
