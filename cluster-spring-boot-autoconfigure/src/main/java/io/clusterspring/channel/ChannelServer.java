package io.clusterspring.channel;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.function.SingletonSupplier;

import io.clusterspring.channel.protocol.SocketSerializer;
import io.clusterspring.mailbox.Mailbox;
import io.clusterspring.pubsub.Broadcast;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicMessage;

/**
 * The channels of a node. Transports open sessions here and know nothing of topics; it
 * knows nothing of how they move bytes.
 */
public final class ChannelServer implements Channels, SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ChannelServer.class);

	private final PubSub pubSub;

	private final PayloadCodec codec;

	private final SingletonSupplier<ChannelRoutes> routes;

	private final ChannelHub hub;

	private final Executor executor;

	private final int mailboxCapacity;

	private final AtomicLong dropped = new AtomicLong();

	/**
	 * Create the channels of a node.
	 * @param pubSub connects them with those of other nodes
	 * @param codec encodes payloads
	 * @param routes the handlers, asked for once, when the context is complete or a
	 * client comes, because handlers may want to have the channels injected
	 * @param executor runs the handlers
	 * @param mailboxCapacity how many messages may wait for one channel; a client's
	 * message beyond is answered with reason {@code overloaded}
	 */
	public ChannelServer(PubSub pubSub, PayloadCodec codec, Supplier<List<ChannelRoute>> routes, Executor executor,
			int mailboxCapacity) {
		this.pubSub = pubSub;
		this.codec = codec;
		this.routes = SingletonSupplier.of(() -> new ChannelRoutes(routes.get()));
		this.hub = new ChannelHub(pubSub);
		this.executor = executor;
		this.mailboxCapacity = mailboxCapacity;
	}

	/**
	 * Find the handlers, so that two for the same topics are a mistake at boot.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		routes();
	}

	/**
	 * Open a session for a client that has connected.
	 * @param connection the connection
	 * @param serializer the version the client speaks
	 * @return the session, to be fed with what the client sends
	 */
	public SocketSession open(SocketConnection connection, SocketSerializer serializer) {
		return new ChannelSocket(this, connection, serializer);
	}

	@Override
	public void broadcast(String topic, String event, Object payload) {
		this.pubSub.broadcast(topic, new Broadcast(event, payload));
	}

	@Override
	public void broadcastLocal(String topic, String event, Object payload) {
		this.pubSub.broadcastLocal(topic, new Broadcast(event, payload));
	}

	void dropped(JoinedChannel channel, TopicMessage message) {
		long count = this.dropped.incrementAndGet();
		if (Long.bitCount(count) == 1) {
			logger.warn("Mailbox of " + channel + " is full: " + message + " is lost for it, as were " + (count - 1)
					+ " before");
		}
	}

	PubSub pubSub() {
		return this.pubSub;
	}

	PayloadCodec codec() {
		return this.codec;
	}

	ChannelRoutes routes() {
		return this.routes.obtain();
	}

	ChannelHub hub() {
		return this.hub;
	}

	Mailbox mailbox() {
		return new Mailbox(this.executor, this.mailboxCapacity);
	}

}
