package io.clusterspring.channel;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.function.SingletonSupplier;

import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.channel.protocol.SocketSerializers;
import io.clusterspring.drain.Drainable;
import io.clusterspring.mailbox.Bulkhead;
import io.clusterspring.mailbox.BulkheadSource;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.wire.ClusterWire;

/**
 * The channels of a node. Transports open sessions here and know nothing of topics; it
 * knows nothing of how they move bytes.
 */
public final class ChannelServer implements Channels, BulkheadSource, SmartInitializingSingleton {

	private final PubSub pubSub;

	private final PayloadCodec codec;

	private final HandlerThreads handlerThreads;

	private final ChannelSettings settings;

	private final SingletonSupplier<MountedRoutes> routes;

	private final SingletonSupplier<SocketAuthorizers> authorizers;

	private final ChannelHub hub;

	private final SocketRegistry sockets;

	private final LimitCounters limits = new LimitCounters();

	private final AbandonedMessages abandoned;

	private final LongSupplier clock = System::nanoTime;

	private final HandshakeGate gate;

	private final ChannelStatistics statistics;

	private final RefusedOrigins origins = new RefusedOrigins();

	private final BinaryLosses binaryLosses = new BinaryLosses();

	private final CrashLog crashes = new CrashLog();

	/**
	 * Create the channels of a node.
	 * @param wire connects the sockets with other nodes
	 * @param pubSub connects the channels with those of other nodes
	 * @param codec encodes payloads
	 * @param executor runs the handlers
	 * @param deliveries brings broadcasts to the connections and runs no handler, so that
	 * none can hold them up
	 * @param settings what they may use
	 * @param parts what the application brings along, asked for when the context is
	 * complete or a client comes, because handlers may want to have the channels injected
	 */
	public ChannelServer(ClusterWire wire, PubSub pubSub, PayloadCodec codec, Executor executor, Executor deliveries,
			ChannelSettings settings, Supplier<ChannelParts> parts) {
		SingletonSupplier<ChannelParts> once = SingletonSupplier.of(parts);
		this.pubSub = pubSub;
		this.codec = codec;
		this.settings = settings;
		this.handlerThreads = new HandlerThreads(executor, settings);
		this.abandoned = new AbandonedMessages(settings.limits().maxPendingSize());
		this.routes = SingletonSupplier
			.of(() -> new MountedRoutes(settings.paths(), once.obtain().interceptedRoutes()));
		this.authorizers = SingletonSupplier
			.of(() -> new SocketAuthorizers(settings.paths(), once.obtain().authorizers()));
		this.hub = new ChannelHub(pubSub, deliveries);
		this.sockets = new SocketRegistry(wire);
		this.statistics = new ChannelStatistics(this.sockets);
		this.gate = new HandshakeGate(bucket(settings.limits().handshakesPerSecond()), this.limits);
	}

	/**
	 * Find the handlers, so that two for the same topics are a mistake at boot, as is one
	 * for a socket that does not exist.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.routes.obtain();
		this.authorizers.obtain();
	}

	/**
	 * Decide about a client that wants to connect: the version it speaks, by the
	 * parameter {@code vsn}, and then the application's {@link SocketAuthorizer}, which
	 * may take its time.
	 * @param request what the client connects with
	 * @return an {@link AcceptedSocket} to open, or a {@link SocketRefusal}
	 */
	public SocketAdmission connect(SocketRequest request) {
		return this.statistics.decided(decide(request));
	}

	/**
	 * Refuse a client for which the transport has no room.
	 * @param maxSockets how many clients it takes
	 * @return the refusal
	 */
	public SocketAdmission refuse(int maxSockets) {
		this.limits.reached(ChannelLimit.MAX_SOCKETS, "a client beyond " + maxSockets
				+ "; raise it, and with it how many file descriptors this process may have (docs/operations.md)");
		return refuse(SocketRefusal.FULL);
	}

	/**
	 * Refuse a client that a transport has found wanting, so that it is counted.
	 * @param reason the reason
	 * @return the reason
	 */
	public SocketRefusal refuse(SocketRefusal reason) {
		this.statistics.decided(reason);
		return reason;
	}

	private SocketAdmission decide(SocketRequest request) {
		SocketRefusal refusal = this.gate.refusal();
		if (refusal != null) {
			return refusal;
		}
		SocketSerializer serializer = SocketSerializers.forVersion(request.parameter("vsn"));
		ChannelRoutes mounted = this.routes.obtain().of(request.path());
		if (serializer == null || mounted == null) {
			return SocketRefusal.VERSION;
		}
		SocketAuthorization authorization = this.authorizers.obtain().authorize(request);
		return authorization.isAccepted() ? new AcceptedSocket(this, mounted, serializer, request, authorization)
				: SocketRefusal.UNAUTHORIZED;
	}

	/**
	 * Refuse a page of a foreign origin, so that it is counted, and named in the log
	 * once.
	 * @param origin the origin as the client claims it
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
		this.pubSub.broadcast(topic, OutgoingPayload.broadcast(event, payload));
		CurrentChannel.broadcast(topic);
	}

	@Override
	public void broadcastLocal(String topic, String event, Object payload) {
		this.pubSub.broadcastLocal(topic, OutgoingPayload.broadcast(event, payload));
		CurrentChannel.broadcast(topic);
	}

	@Override
	public void disconnect(String socketId) {
		this.sockets.disconnect(socketId);
	}

	/**
	 * Return the clients of the node, to be told to go elsewhere.
	 * @return the connections, whatever their transport
	 */
	public Drainable drainable() {
		return new SocketDrainable(this.sockets, this.hub, this.gate);
	}

	/**
	 * Return how often clients have reached their limits.
	 * @return the counters
	 */
	public LimitCounters limits() {
		return this.limits;
	}

	@Nullable MessageRate rate(int perSecond) {
		return (perSecond > 0) ? new MessageRate(perSecond, this.clock) : null;
	}

	private @Nullable TokenBucket bucket(int perSecond) {
		return (perSecond > 0) ? new TokenBucket(perSecond, () -> this.clock.getAsLong()) : null;
	}

	AbandonedMessages abandoned() {
		return this.abandoned;
	}

	ClientLimits clientLimits() {
		return this.settings.limits();
	}

	/**
	 * Return how many binary payloads clients did not get because they speak version 1.0
	 * or poll; each is counted once for each such client.
	 * @return the number of payloads since the start
	 */
	public long lostBinaryPayloads() {
		return this.binaryLosses.count();
	}

	/**
	 * Return what the channels of this node are doing and have done.
	 * @return the figures, always those of the moment in which they are read
	 */
	public ChannelStatistics statistics() {
		return this.statistics;
	}

	CrashLog crashes() {
		return this.crashes;
	}

	BinaryLosses binaryLosses() {
		return this.binaryLosses;
	}

	PubSub pubSub() {
		return this.pubSub;
	}

	PayloadCodec codec() {
		return this.codec;
	}

	ChannelHub hub() {
		return this.hub;
	}

	SocketRegistry sockets() {
		return this.sockets;
	}

	HandlerThreads handlerThreads() {
		return this.handlerThreads;
	}

	HandlerLimits handlerLimits() {
		return this.settings.handlers();
	}

	int mailboxCapacity() {
		return this.settings.mailboxCapacity();
	}

	/**
	 * Return which part of the threads each controller has, for as many as clients have
	 * asked for.
	 * @return the parts, each named by one of the controller's topics
	 */
	@Override
	public Collection<Bulkhead> bulkheads() {
		return this.handlerThreads.controllers();
	}

}
