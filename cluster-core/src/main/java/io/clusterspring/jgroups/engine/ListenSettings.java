package io.clusterspring.jgroups.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;
import io.clusterspring.jgroups.PortRange;

/**
 * Where a node listens and where the others find it, as far as its name does not say so.
 *
 * @param bind an address of this machine, {@code 0.0.0.0} or {@code ::} for all of them,
 * a network interface, or a host name; {@code null} for the host of the node's name
 * @param advertised the host at which others find this node, and the port there unless it
 * is the one the node listens on; {@code null} for the host of the node's name
 * @param patience how long a host or interface is tried again that is not known yet, or
 * {@code null} for as long as it takes
 */
public record ListenSettings(@Nullable String bind, @Nullable Seed advertised, @Nullable Duration patience) {

	// without TLS or a cookie whoever reaches a node can join: one that was not told its
	// address is not to be reached from other machines
	private static final String LOOPBACK = "127.0.0.1";

	/**
	 * A node that listens where its name says, and waits 15 seconds until that is known:
	 * longer than a JVM takes an unknown host for unknown without asking again.
	 */
	public static final ListenSettings DEFAULT = new ListenSettings(null, null, Duration.ofSeconds(15));

	/**
	 * Return a host for the name of a node that has been given none.
	 * @return where it is found, or else where it listens: only this machine can find it
	 * then unless something is configured
	 */
	public String host() {
		if (this.advertised != null) {
			return this.advertised.host();
		}
		return (this.bind != null) ? ListenAddress.hostOf(this.bind) : LOOPBACK;
	}

	/**
	 * Return whether the name of the node says both.
	 * @return {@code true} if nothing else is configured
	 */
	public boolean isAsNamed() {
		return this.bind == null && this.advertised == null;
	}

	// a node that is to be found at a certain port listens on one port here
	PortRange ports(NodeAddress self, PortRange range) {
		PortRange own = range.of(self);
		return (this.advertised != null && this.advertised.port() != null) ? new PortRange(own.first(), 1) : own;
	}

}
