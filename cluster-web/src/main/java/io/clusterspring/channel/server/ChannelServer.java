package io.clusterspring.channel.server;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.function.SingletonSupplier;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelPayloads;
import io.clusterspring.channel.ChannelRoutes;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.SocketAuthorizers;
import io.clusterspring.channel.SocketRefused;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.limit.ChannelLimit;
import io.clusterspring.channel.limit.LimitCounters;
import io.clusterspring.channel.limit.TokenBucket;
import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.channel.socket.SocketAdmission;
import io.clusterspring.channel.socket.SocketRefusal;
import io.clusterspring.channel.socket.Sockets;
import io.clusterspring.channel.socket.UnauthorizedSocket;
import io.clusterspring.channel.tap.Taps;
import io.clusterspring.drain.Drainable;
import io.clusterspring.inspect.Action;
import io.clusterspring.inspect.Section;
import io.clusterspring.mailbox.Bulkhead;
import io.clusterspring.mailbox.BulkheadSource;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;
import io.clusterspring.pubsub.TopicHistory;
import io.clusterspring.revocation.RevocationKey;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.revocation.SocketOrigin;

/**
 * The channels of a node. Transports open sessions here; they know nothing about topics,
 * and this class knows nothing about how transports move bytes. Thread-safe.
 */
public final class ChannelServer implements Channels, BulkheadSource, SmartInitializingSingleton {

	private final PubSub pubSub;

	private final ChannelSettings settings;

	private final SingletonSupplier<Map<String, ChannelRoutes>> routes;

	private final SingletonSupplier<SocketAuthorizers> authorizers;

	private final LongSupplier clock = System::nanoTime;

	private final Sockets sockets;

	private final HandshakeGate gate;

	private final ChannelStatistics statistics;

	private final RefusedOrigins origins = new RefusedOrigins();

	/**
	 * Create the channels of a node.
	 * @param revocations closes the sockets that lose their right
	 * @param pubSub connects the channels with those of other nodes
	 * @param codec encodes payloads
	 * @param executor runs the handlers
	 * @param deliveries delivers broadcasts to the connections; it runs no handlers, so
	 * that a handler cannot delay broadcasts
	 * @param settings paths and limits
	 * @param parts supplies handlers, authorizers and interceptors; called when the
	 * context is complete or the first client connects, because handlers may inject the
	 * channels
	 */
	public ChannelServer(Revocations revocations, PubSub pubSub, PayloadCodec codec, Executor executor,
			Executor deliveries, ChannelSettings settings, Supplier<ChannelParts> parts) {
		SingletonSupplier<ChannelParts> once = SingletonSupplier.of(parts);
		this.pubSub = pubSub;
		this.settings = settings;
		this.routes = SingletonSupplier
			.of(() -> ChannelRoutes.byPath(settings.paths(), once.obtain().routes(), once.obtain().interceptors()));
		this.authorizers = SingletonSupplier
			.of(() -> new SocketAuthorizers(settings.paths(), once.obtain().authorizers(), once.obtain().expiries()));
		this.sockets = new Sockets(revocations, pubSub, codec, executor, deliveries, settings,
				() -> this.clock.getAsLong());
		this.statistics = new ChannelStatistics(this.sockets);
		this.gate = new HandshakeGate(bucket(settings.limits().handshakesPerSecond()), limits());
	}

	private @Nullable TokenBucket bucket(int perSecond) {
		return (perSecond > 0) ? new TokenBucket(perSecond, () -> this.clock.getAsLong()) : null;
	}

	/**
	 * Find the handlers. The boot fails if two of them are for the same topics, or one is
	 * for a socket that does not exist.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.routes.obtain();
		this.authorizers.obtain();
	}

	/**
	 * Decide about a client that wants to connect. First its version of the protocol
	 * (parameter {@code vsn}) is checked, then the application's
	 * {@link io.clusterspring.channel.SocketAuthorizer} is called, which may block.
	 * @param request the request of the client
	 * @return an {@link AcceptedSocket} to open, or a {@link SocketRefusal}
	 */
	public SocketAdmission connect(SocketRequest request) {
		return connect(request, SocketOrigin.now());
	}

	/**
	 * Decide about a client that wants to connect, as above. A revocation that has come
	 * since its request has arrived closes its socket when it is opened.
	 * @param request the request of the client
	 * @param origin when it has arrived, and its HTTP session
	 * @return an {@link AcceptedSocket} to open, or a {@link SocketRefusal}
	 */
	public SocketAdmission connect(SocketRequest request, SocketOrigin origin) {
		return this.statistics.decided(decide(request, origin));
	}

	/**
	 * Refuse and count a client because the transport has reached its maximum.
	 * @param maxSockets the maximum number of clients
	 * @return the refusal
	 */
	public SocketAdmission refuse(int maxSockets) {
		limits().reached(ChannelLimit.MAX_SOCKETS, "a client beyond " + maxSockets
				+ "; raise it, and the number of file descriptors that this process may open (docs/operations.md)");
		return refuse(SocketRefusal.FULL);
	}

	/**
	 * Count a client that a transport refuses.
	 * @param reason the reason of the refusal
	 * @return the same reason
	 */
	public SocketRefusal refuse(SocketRefusal reason) {
		this.statistics.decided(reason);
		return reason;
	}

	private SocketAdmission decide(SocketRequest request, SocketOrigin origin) {
		SocketRefusal refusal = this.gate.refusal();
		if (refusal != null) {
			return refusal;
		}
		SocketSerializer serializer = SocketSerializer.forVersion(request.parameter("vsn"));
		ChannelRoutes mounted = this.routes.obtain().get(request.path());
		if (serializer == null || mounted == null) {
			return SocketRefusal.VERSION;
		}
		SocketAuthorizers deciding = this.authorizers.obtain();
		SocketAuthorizers.Verdict verdict = deciding.authorize(request);
		return (verdict instanceof SocketAuthorizers.Identity identity)
				? this.sockets.accept(mounted, serializer, request, identity, deciding, origin)
				: refused((SocketRefused) verdict);
	}

	private static SocketAdmission refused(SocketRefused refused) {
		return refused.isDefault() ? SocketRefusal.UNAUTHORIZED : new UnauthorizedSocket(refused);
	}

	/**
	 * Count a refused page of a foreign origin, and log the origin once.
	 * @param origin the origin that the client sent
	 */
	public void refuseOrigin(String origin) {
		refuse(SocketRefusal.ORIGIN);
		this.origins.add(origin);
	}

	/**
	 * Return the paths that sockets are mounted at.
	 * @return at least one path, in the order in which they were configured
	 */
	public Set<String> paths() {
		return this.settings.paths();
	}

	@Override
	public void broadcast(String topic, String event, Object payload) {
		this.pubSub.broadcast(topic, ChannelPayloads.broadcast(event, payload));
		this.sockets.broadcastMade(topic);
	}

	@Override
	public void broadcastFrom(Channel sender, String topic, String event, Object payload) {
		Broadcast broadcast = ChannelPayloads.broadcast(event, payload);
		Subscription member = this.sockets.member(sender, topic);
		if (member != null) {
			this.pubSub.broadcastFrom(member, topic, broadcast);
		}
		else {
			this.pubSub.broadcast(topic, broadcast);
		}
	}

	@Override
	public void broadcastLocal(String topic, String event, Object payload) {
		this.pubSub.broadcastLocal(topic, ChannelPayloads.broadcast(event, payload));
		this.sockets.broadcastMade(topic);
	}

	@Override
	public void broadcastLocalFrom(Channel sender, String topic, String event, Object payload) {
		Broadcast broadcast = ChannelPayloads.broadcast(event, payload);
		Subscription member = this.sockets.member(sender, topic);
		if (member != null) {
			this.pubSub.broadcastLocalFrom(member, topic, broadcast);
		}
		else {
			this.pubSub.broadcastLocal(topic, broadcast);
		}
	}

	@Override
	public TopicHistory history(String topic) {
		return this.pubSub.history(topic);
	}

	@Override
	public void disconnect(String socketId) {
		this.sockets.disconnect(RevocationKey.socketId(socketId));
	}

	@Override
	public void disconnectUser(String user) {
		this.sockets.disconnect(RevocationKey.socketUser(user));
	}

	/**
	 * Return the clients of this node, to be closed before it stops.
	 * @return the connections of all transports
	 */
	public Drainable drainable() {
		return this.sockets.drainable(this.gate::setAccepting);
	}

	/**
	 * Return what operators can ask about the sockets of this node.
	 * @param self the name of this node
	 * @return the section {@code sockets}
	 */
	public Section section(String self) {
		return this.sockets.section(self);
	}

	/**
	 * Return what operators can do with the sockets of this node.
	 * @return the action {@code sockets/disconnect}
	 */
	public Action disconnect() {
		return this.sockets.disconnect();
	}

	/**
	 * Return the taps of the messages of this node.
	 * @return the taps
	 */
	public Taps taps() {
		return this.sockets.taps();
	}

	/**
	 * Return whether clients may connect.
	 * @return {@code false} while they are sent to other nodes
	 */
	public boolean isAccepting() {
		return this.gate.isAccepting();
	}

	/**
	 * Return how often clients have reached their limits.
	 * @return the counters
	 */
	public LimitCounters limits() {
		return this.sockets.limits();
	}

	/**
	 * Return the number of binary payloads that were not delivered, because the client
	 * speaks version 1.0 or uses long polling. Each payload counts once for each such
	 * client.
	 * @return the number of payloads since the start
	 */
	public long lostBinaryPayloads() {
		return this.sockets.lostBinaryPayloads();
	}

	/**
	 * Return the statistics of the channels of this node.
	 * @return the statistics, current whenever they are read
	 */
	public ChannelStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Return the bulkhead of each controller that clients have used, and that of
	 * refreshes.
	 * @return the bulkheads, those of controllers named by one of their topics
	 */
	@Override
	public Collection<Bulkhead> bulkheads() {
		return this.sockets.bulkheads();
	}

}
