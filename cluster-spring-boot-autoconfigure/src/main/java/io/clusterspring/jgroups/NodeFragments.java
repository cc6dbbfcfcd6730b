package io.clusterspring.jgroups;

import java.util.List;
import java.util.Set;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.FragHeader;
import org.jspecify.annotations.Nullable;

import io.clusterspring.FrameRefusal;

/**
 * FRAG4 that keeps the parts of messages within bounds, which are those of
 * {@link MessageParts}.
 */
final class NodeFragments extends FRAG4 {

	private final MessageParts parts = new MessageParts();

	private final RefusedFrames refused;

	NodeFragments(RefusedFrames refused) {
		setId(ClassConfigurator.getProtocolId(FRAG4.class));
		setFragSize(MessageParts.PART);
		this.refused = refused;
	}

	@Override
	protected @Nullable Message unfragment(Message part, FragHeader header) {
		Address sender = part.getSrc();
		this.num_frags_received.increment();
		List<Message> all = this.parts.add(sender, header.id, header.frag_id, header.num_frags, part);
		if (this.parts.giveUp(sender) > 0) {
			this.refused.add(FrameRefusal.FRAGMENT, sender, "unfinished messages of more than their bound");
		}
		if (all == null) {
			return null;
		}
		try {
			return assembleMessage(all.toArray(new Message[0]), false, header);
		}
		catch (Exception ex) {
			this.refused.add(FrameRefusal.FRAGMENT, sender, String.valueOf(ex));
			return null;
		}
	}

	@Override
	protected void handleViewChange(View view) {
		super.handleViewChange(view);
		this.parts.retain(Set.copyOf(view.getMembers()));
	}

}
