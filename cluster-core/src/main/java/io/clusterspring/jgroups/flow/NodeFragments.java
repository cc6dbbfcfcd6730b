package io.clusterspring.jgroups.flow;

import java.util.List;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.FragHeader;
import org.jspecify.annotations.Nullable;

import io.clusterspring.FrameRefusal;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.RefusedFrames;

/**
 * FRAG4 that keeps the parts of messages within the bounds of {@link MessageParts}, and
 * takes no message apart by itself: {@link PieceSender} sends the parts as they are
 * taken. A part that says it is the only one ends a message of which no more follows.
 *
 * <p>
 * Replaces both ways of FRAG4, which allocates what a fragment announces, and keeps it
 * without a bound (not reported yet: docs/upstream.md#fragments-that-are-announced). This
 * can go once FRAG4 has such bounds, and a sender that goes piece by piece.
 */
final class NodeFragments extends FRAG4 {

	private static final byte[] END = { 0 };

	private final MessageParts parts;

	private final int mostParts;

	private final RefusedFrames refused;

	private final EngineFailures failures;

	NodeFragments(RefusedFrames refused, EngineFailures failures, int largest) {
		setId(ClassConfigurator.getProtocolId(FRAG4.class));
		setFragSize(MessageParts.PART);
		this.parts = new MessageParts(largest);
		this.mostParts = MessageParts.count(largest);
		this.refused = refused;
		this.failures = failures;
	}

	long newMessage() {
		return getNextId();
	}

	// shares the bytes of the message
	Message part(Address to, long id, byte[] message, int index) {
		int offset = index * MessageParts.PART;
		int length = Math.min(MessageParts.PART, message.length - offset);
		this.num_frags_sent.increment();
		return new BytesMessage(to, message, offset, length).putHeader(getId(),
				new FragHeader(id, index, MessageParts.count(message.length)));
	}

	// tells a receiver that no more parts come, and takes no room in its outbox
	Message end(Address to, long id) {
		return new BytesMessage(to, END).putHeader(getId(), new FragHeader(id, 0, 1)).setFlag(Message.Flag.NO_FC);
	}

	@Override
	protected @Nullable Message unfragment(Message part, FragHeader header) {
		Address sender = part.getSrc();
		this.num_frags_received.increment();
		if (header.num_frags == 1) {
			this.parts.forget(sender, header.id);
			return null;
		}
		if (this.failures.isShortOfMemory()) {
			this.parts.retain(Set.of());
			this.refused.add(FrameRefusal.FRAGMENT, sender, "this node has no memory");
			return null;
		}
		if (header.num_frags > this.mostParts) {
			this.refused.add(FrameRefusal.FRAGMENT, sender, "a payload of more than this node takes, which is what "
					+ "cluster.max-payload-size says, and a quarter of its heap at most");
			return null;
		}
		List<Message> all = this.parts.add(sender, header.id, header.frag_id, header.num_frags, part);
		this.parts.takeLost()
			.forEach((loser) -> this.refused.add(FrameRefusal.FRAGMENT, loser,
					"a payload that is lost here: its pieces did not follow each other, or unfinished payloads of all "
							+ "nodes together have taken more than a quarter of the heap"));
		return (all != null) ? assemble(all, header) : null;
	}

	private @Nullable Message assemble(List<Message> all, FragHeader header) {
		try {
			return assembleMessage(all.toArray(new Message[0]), false, header);
		}
		catch (Exception ex) {
			this.refused.add(FrameRefusal.FRAGMENT, all.get(0).getSrc(), String.valueOf(ex));
			return null;
		}
	}

	@Override
	protected void handleViewChange(View view) {
		super.handleViewChange(view);
		this.parts.retain(Set.copyOf(view.getMembers()));
	}

}
