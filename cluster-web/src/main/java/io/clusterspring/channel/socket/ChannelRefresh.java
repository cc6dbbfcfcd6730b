package io.clusterspring.channel.socket;

import org.springframework.util.Assert;

import io.clusterspring.channel.ImmediateReply;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.protocol.SocketPayload;

/**
 * Asks the handler of a joined channel whether its client may stay, after a refresh. Runs
 * in the channel's mailbox.
 */
final class ChannelRefresh {

	private ChannelRefresh() {
	}

	static void run(JoinedChannel channel, ChannelSocket socket, ChannelProcess process) {
		process.execute(() -> "a refresh", () -> {
			Reply reply = channel.handler().onRefresh(channel);
			Assert.state(reply instanceof ImmediateReply,
					"The handler has not decided whether the client may stay: it returned null or a later reply");
			ImmediateReply decision = (ImmediateReply) reply;
			if (ImmediateReply.ERROR.equals(decision.status())) {
				SocketPayload reason = socket.context().encode(decision.response());
				process.finish(LeaveReason.CLOSED,
						() -> process.sendClosed(reason.isObject() ? reason : SocketReplies.EMPTY));
			}
		});
	}

}
