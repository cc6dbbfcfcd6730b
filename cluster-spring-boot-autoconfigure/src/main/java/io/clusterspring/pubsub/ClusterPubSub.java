package io.clusterspring.pubsub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.mailbox.Mailbox;

/**
 * {@link PubSub} over a {@link ClusterTransport}. A frame goes to every node, once; which
 * of its subscribers it concerns each node knows itself, as in Phoenix.PubSub.
 */
public final class ClusterPubSub implements PubSub, TransportListener {

	private static final Log logger = LogFactory.getLog(ClusterPubSub.class);

	private final ClusterTransport transport;

	private final PayloadCodec codec;

	private final Executor executor;

	private final int mailboxCapacity;

	private final TopicRegistry registry = new TopicRegistry();

	/**
	 * Create the topics of a node.
	 * @param transport carries frames to the other nodes
	 * @param codec encodes payloads
	 * @param executor runs the listeners
	 * @param mailboxCapacity how many messages may wait for one listener
	 */
	public ClusterPubSub(ClusterTransport transport, PayloadCodec codec, Executor executor, int mailboxCapacity) {
		this.transport = transport;
		this.codec = codec;
		this.executor = executor;
		this.mailboxCapacity = mailboxCapacity;
	}

	@Override
	public Subscription subscribe(String topic, Consumer<? super TopicMessage> listener) {
		Assert.hasLength(topic, "Topic must not be empty");
		TopicSubscription subscription = new TopicSubscription(topic, listener,
				new Mailbox(this.executor, this.mailboxCapacity), this.registry::remove);
		this.registry.add(subscription);
		return subscription;
	}

	@Override
	public <T> Subscription subscribe(String topic, Class<T> type, Consumer<? super T> listener) {
		return subscribe(topic, new PayloadListener<>(type, listener));
	}

	@Override
	public void broadcast(String topic, @Nullable Object payload) {
		send(null, topic, payload);
	}

	@Override
	public void broadcastFrom(Subscription sender, String topic, @Nullable Object payload) {
		send(sender, topic, payload);
	}

	@Override
	public void broadcastLocal(String topic, @Nullable Object payload) {
		deliver(this.transport.self(), ByteBuffer.wrap(encode(topic, payload)), null);
	}

	@Override
	public void broadcastTo(Node node, String topic, @Nullable Object payload) {
		byte[] frame = encode(topic, payload);
		if (node.equals(this.transport.self())) {
			deliver(node, ByteBuffer.wrap(frame), null);
		}
		else {
			this.transport.sendTo(node, frame);
		}
	}

	@Override
	public void frameReceived(Node sender, ByteBuffer frame) {
		try {
			deliver(sender, frame, null);
		}
		catch (IllegalArgumentException ex) {
			logger.warn("Ignored a frame from " + sender + ": " + ex.getMessage());
		}
	}

	private void send(@Nullable Subscription sender, String topic, @Nullable Object payload) {
		byte[] frame = encode(topic, payload);
		deliver(this.transport.self(), ByteBuffer.wrap(frame), sender);
		this.transport.send(frame);
	}

	private byte[] encode(String topic, @Nullable Object payload) {
		if (payload instanceof byte[] bytes) {
			return FrameCodec.encode(topic, null, PayloadKind.BYTES, bytes);
		}
		if (payload instanceof String text) {
			return FrameCodec.encode(topic, null, PayloadKind.TEXT, text.getBytes(StandardCharsets.UTF_8));
		}
		if (payload instanceof Broadcast broadcast) {
			byte[] json = this.codec.encode(broadcast.payload());
			Assert.isTrue(json.length > 0 && json[0] == '{',
					() -> "The payload of broadcast '" + broadcast.event() + "' is not a JSON object");
			return FrameCodec.encode(topic, broadcast.event(), PayloadKind.JSON, json);
		}
		return FrameCodec.encode(topic, null, PayloadKind.JSON, this.codec.encode(payload));
	}

	private void deliver(Node node, ByteBuffer bytes, @Nullable Subscription sender) {
		TopicFrame frame = FrameCodec.decode(bytes);
		TopicSubscription[] subscriptions = this.registry.subscriptions(frame.topic());
		if (subscriptions.length == 0) {
			return;
		}
		TopicMessage message = new TopicMessage(node, frame, this.codec, sender);
		for (TopicSubscription subscription : subscriptions) {
			if (subscription != sender) {
				subscription.deliver(message);
			}
		}
	}

}
