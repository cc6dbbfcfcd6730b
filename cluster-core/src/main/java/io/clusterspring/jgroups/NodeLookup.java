package io.clusterspring.jgroups;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Seed;

/**
 * Where other nodes may be. It is asked whenever nodes are looked for: repeatedly while
 * this node starts, then now and then, so that parts of the cluster that do not know of
 * each other find together. The places themselves are asked which nodes are there, and
 * which one founds the cluster.
 *
 * <p>
 * A lookup belongs to one transport. It is called by one thread of the engine at a time,
 * and may block.
 */
public interface NodeLookup {

	/**
	 * Look up where nodes may be, this one possibly among them.
	 * @param own the address this node is to be found at
	 * @return what was found
	 * @throws Exception if that is not known now; it is tried again
	 */
	Found lookUp(InetAddress own) throws Exception;

	/**
	 * Return for how long an answer will do, once this node is in the cluster.
	 * @return the time until the next lookup
	 */
	default Duration interval() {
		return Duration.ofSeconds(1);
	}

	/**
	 * Return what is strange about the last answer, for operators of a node that stays
	 * alone.
	 * @return why nobody can be found, or {@code null} if nothing is strange
	 */
	default @Nullable String obstacle() {
		return null;
	}

	/**
	 * Return protocols for the next channel of the transport, to be put between transport
	 * and discovery.
	 * @return new protocols, from the bottom up
	 */
	default List<Protocol> protocols() {
		return List.of();
	}

	/**
	 * The answer of a lookup.
	 *
	 * @param places where nodes may be
	 * @param complete whether every node that already looks for others is sure to be
	 * among them, or to find this one; if not, a node that hears of nobody waits a little
	 * before it founds a cluster
	 */
	record Found(Collection<Seed> places, boolean complete) {

		public Found {
			places = List.copyOf(places);
		}

	}

}
