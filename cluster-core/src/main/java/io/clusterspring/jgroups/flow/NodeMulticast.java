package io.clusterspring.jgroups.flow;

import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.util.Table;

import io.clusterspring.FrameRefusal;
import io.clusterspring.jgroups.RefusedFrames;

/**
 * NAKACK2 in which numbers far ahead take no memory.
 *
 * <p>
 * Replaces the table of NAKACK2 (not reported yet: docs/upstream.md#numbers-far-ahead).
 * This can go together with {@link NodeWindow}.
 */
final class NodeMulticast extends NAKACK2 {

	private final RefusedFrames refused;

	NodeMulticast(RefusedFrames refused) {
		setId(ClassConfigurator.getProtocolId(NAKACK2.class));
		this.refused = refused;
	}

	@Override
	protected Table<Message> createTable(long before) {
		return new NodeWindow(before, this.xmit_table_num_rows, this.xmit_table_msgs_per_row,
				this.xmit_table_resize_factor, this.xmit_table_max_compaction_time,
				() -> this.refused.add(FrameRefusal.WINDOW, "a member", "a message to all"));
	}

}
