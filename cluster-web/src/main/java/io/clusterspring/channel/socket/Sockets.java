package io.clusterspring.channel.socket;

import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelRoutes;
import io.clusterspring.channel.SocketAuthorizers;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.fanout.ChannelHub;
import io.clusterspring.channel.limit.LimitCounters;
import io.clusterspring.channel.limit.PendingMessages;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.channel.socket.SocketRight.Grant;
import io.clusterspring.channel.tap.Taps;
import io.clusterspring.drain.Drainable;
import io.clusterspring.inspect.Action;
import io.clusterspring.inspect.Section;
import io.clusterspring.mailbox.Bulkhead;
import io.clusterspring.mailbox.CountedWarning;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.revocation.RevocationKey;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.revocation.SocketOrigin;

/**
 * The sockets of a node: accepts clients, and closes and counts their sockets.
 * Thread-safe.
 */
public final class Sockets {

	private final SocketContext context;

	/**
	 * Create the sockets of a node.
	 * @param revocations closes the sockets that lose their right
	 * @param pubSub connects the channels with those of other nodes
	 * @param codec encodes payloads
	 * @param executor runs the handlers
	 * @param deliveries delivers broadcasts to the connections
	 * @param settings the limits
	 * @param clock returns the time in nanoseconds
	 */
	public Sockets(Revocations revocations, PubSub pubSub, PayloadCodec codec, Executor executor, Executor deliveries,
			ChannelSettings settings, LongSupplier clock) {
		this.context = new SocketContext(settings, codec, pubSub, new ChannelHub(pubSub, deliveries, new Taps()),
				new SocketRegistry(revocations), new HandlerThreads(executor, settings), new LimitCounters(),
				new PendingMessages.Abandoned(settings.limits().maxPendingSize()), new CrashLog(),
				new CountedWarning(LogFactory.getLog(Sockets.class)), new RightCounters(), clock);
	}

	/**
	 * Accept a client.
	 * @param routes the handlers of the socket that it asks for
	 * @param serializer its version of the protocol
	 * @param request its request
	 * @param identity the decision about the request
	 * @param authorizers have decided, and decide about refreshes
	 * @param origin where it comes from
	 * @return the client, to be opened; or a refusal if its time is over
	 */
	public SocketAdmission accept(ChannelRoutes routes, SocketSerializer serializer, SocketRequest request,
			SocketAuthorizers.Identity identity, SocketAuthorizers authorizers, SocketOrigin origin) {
		long now = this.context.clock().getAsLong();
		Grant grant = Grant.of(identity, request, now);
		return grant.isOver(now) ? SocketRefusal.EXPIRED : new AcceptedSocket(this.context, routes, serializer, grant,
				authorizers, origin, SocketPeer.of(request));
	}

	/**
	 * Record a broadcast that the current thread has just sent. If it is the broadcast of
	 * a channel whose handler runs on this thread, it stays in order with the replies and
	 * pushes of that channel.
	 * @param topic the topic
	 */
	public void broadcastMade(String topic) {
		CurrentChannel.broadcast(topic);
	}

	/**
	 * Find the channel that the socket of a channel has on a topic.
	 * @param channel a channel of the socket
	 * @param topic the topic
	 * @return the channel on that topic, or {@code null}
	 * @throws IllegalArgumentException if the channel was not created by the server
	 */
	public @Nullable Subscription member(Channel channel, String topic) {
		Assert.isInstanceOf(JoinedChannel.class, channel, "The channel was not created by the server");
		return ((JoinedChannel) channel).sibling(topic);
	}

	/**
	 * Close the sockets with a key on all nodes.
	 * @param key their id or their user
	 */
	public void disconnect(RevocationKey key) {
		this.context.registry().disconnect(key);
	}

	/**
	 * Return the sockets, to be closed before the node stops.
	 * @param accepting is called with {@code false} when no more clients may connect
	 * @return the sockets
	 */
	public Drainable drainable(Consumer<Boolean> accepting) {
		return new SocketDrainable(this.context.registry(), this.context.hub(), accepting);
	}

	/**
	 * Return what operators can ask about the sockets.
	 * @param self the name of this node
	 * @return the section {@code sockets}
	 */
	public Section section(String self) {
		return new SocketsSection(self, this.context.registry()::sockets);
	}

	/**
	 * Return what operators can do with the sockets.
	 * @return the action {@code sockets/disconnect}
	 */
	public Action disconnect() {
		return new SocketsDisconnect(this.context.registry());
	}

	/**
	 * Return the taps of the messages of this node.
	 * @return the taps
	 */
	public Taps taps() {
		return this.context.hub().taps();
	}

	/**
	 * Return the number of open sockets.
	 * @return the number of sockets
	 */
	public int count() {
		return this.context.registry().sockets().size();
	}

	/**
	 * Return the number of channels of all open sockets.
	 * @return the number of channels
	 */
	public long channels() {
		return sum(ChannelSocket::channelCount);
	}

	/**
	 * Return the size of the data that waits to be sent to clients.
	 * @return the approximate number of bytes
	 */
	public long outboxBytes() {
		return sum((socket) -> socket.connection().waitingBytes());
	}

	private long sum(ToLongFunction<ChannelSocket> value) {
		return this.context.registry().sockets().stream().mapToLong(value).sum();
	}

	/**
	 * Return the number of failed calls of handlers.
	 * @return the number since the start
	 */
	public long crashes() {
		return this.context.crashes().count();
	}

	/**
	 * Return the number of binary payloads that were not delivered.
	 * @return the number since the start
	 */
	public long lostBinaryPayloads() {
		return this.context.lostBinary().count();
	}

	/**
	 * Return how often the rights of sockets have ended or were refreshed.
	 * @return the counters
	 */
	public RightCounters rights() {
		return this.context.rights();
	}

	/**
	 * Return how often clients have reached their limits.
	 * @return the counters
	 */
	public LimitCounters limits() {
		return this.context.limits();
	}

	/**
	 * Return the bulkheads of the controllers, each named by one of its topics, and that
	 * of refreshes.
	 * @return the bulkheads
	 */
	public Collection<Bulkhead> bulkheads() {
		return this.context.threads().bulkheads();
	}

}
