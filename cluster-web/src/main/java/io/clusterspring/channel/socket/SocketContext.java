package io.clusterspring.channel.socket;

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.ChannelPayloads;
import io.clusterspring.channel.fanout.ChannelHub;
import io.clusterspring.channel.limit.LimitCounters;
import io.clusterspring.channel.limit.MessageRate;
import io.clusterspring.channel.limit.PendingMessages;
import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.text.LogText;

/**
 * The parts of a node that all of its sockets share.
 *
 * @param codec encodes payloads
 * @param pubSub connects the channels with those of other nodes
 * @param hub the members of all topics
 * @param registry the open sockets
 * @param limits count the limits that were reached
 * @param abandoned counts the messages of sockets that have closed
 * @param lostBinary counts the binary payloads that were not delivered
 * @param rights count the rights of sockets that have ended or were refreshed
 * @param clock returns the time in nanoseconds
 */
record SocketContext(ChannelSettings settings, PayloadCodec codec, PubSub pubSub, ChannelHub hub,
		SocketRegistry registry, HandlerThreads threads, LimitCounters limits, PendingMessages.Abandoned abandoned,
		CrashLog crashes, CountedWarning lostBinary, RightCounters rights, LongSupplier clock) {

	@Nullable MessageRate rate(int perSecond) {
		return (perSecond > 0) ? new MessageRate(perSecond, this.clock) : null;
	}

	/** Count and log a binary payload that a client cannot receive. */
	void lostBinary(JoinedChannel channel, String what) {
		this.lostBinary.add((count) -> "Lost the payload of '" + LogText.of(what) + "' for " + channel
				+ ": the payload is binary, but the client speaks version 1.0 or uses long polling (" + count
				+ " times so far)");
	}

	SocketPayload encode(@Nullable Object payload) {
		return ChannelPayloads.encode(payload, this.codec);
	}

	ChannelPayload received(SocketPayload payload) {
		return ChannelPayloads.received(payload, this.codec);
	}

}
