package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;

import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;

import io.clusterspring.jgroups.NodeLookup;

/**
 * Nodes are where a protocol of JGroups tells, of which each channel has one of its own.
 */
final class ProtocolLookup<P extends Protocol> implements NodeLookup {

	private final Supplier<P> source;

	private final Question<P> question;

	private volatile @Nullable P current;

	ProtocolLookup(Supplier<P> source, Question<P> question) {
		this.source = source;
		this.question = question;
	}

	@Override
	public List<Protocol> protocols() {
		P created = this.source.get();
		this.current = created;
		return List.of(created);
	}

	@Override
	public Found lookUp(InetAddress own) throws Exception {
		P present = this.current;
		return (present != null) ? this.question.ask(present) : new Found(List.of(), false);
	}

	interface Question<P> {

		Found ask(P protocol) throws Exception;

	}

}
