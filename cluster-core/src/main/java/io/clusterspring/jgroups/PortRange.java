package io.clusterspring.jgroups;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.NodeAddress;

/**
 * The TCP ports where nodes listen that do not name their port: each takes the first free
 * one of its host.
 *
 * @param count how many ports there are, at least one
 */
public record PortRange(int first, int count) {

	public PortRange {
		Assert.isTrue(first > 0 && count > 0 && first + count - 1 <= 65535,
				() -> count + " ports from " + first + " on are out of range");
	}

	public PortRange of(NodeAddress address) {
		return of(address.port());
	}

	public PortRange of(@Nullable Integer port) {
		return (port != null) ? new PortRange(port, 1) : this;
	}

	public int last() {
		return this.first + this.count - 1;
	}

}
