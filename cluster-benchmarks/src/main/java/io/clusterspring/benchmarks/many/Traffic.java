package io.clusterspring.benchmarks.many;

import org.jgroups.JChannel;
import org.jgroups.protocols.MsgStats;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a node has sent.
 *
 * @param messages the messages of the engine, heartbeats and acknowledgements included
 * @param bytes their size
 */
record Traffic(long messages, long bytes) {

	static final Traffic NONE = new Traffic(0, 0);

	static Traffic of(@Nullable JChannel channel) {
		if (channel == null) {
			return NONE;
		}
		MsgStats counts = channel.getProtocolStack().getTransport().getMessageStats();
		return new Traffic(counts.getNumMsgsSent(), counts.getNumBytesSent());
	}

	static Traffic of(String text) {
		String[] parts = text.split(" ");
		return new Traffic(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
	}

	Traffic plus(Traffic other) {
		return new Traffic(this.messages + other.messages, this.bytes + other.bytes);
	}

	Traffic minus(Traffic other) {
		return new Traffic(this.messages - other.messages, this.bytes - other.bytes);
	}

	@Override
	public String toString() {
		return this.messages + " " + this.bytes;
	}

}
