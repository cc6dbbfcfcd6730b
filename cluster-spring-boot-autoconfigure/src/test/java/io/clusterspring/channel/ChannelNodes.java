package io.clusterspring.channel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.channel.protocol.SocketSerializers;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.PubSub;

/**
 * Nodes of a network in memory with channels, and clients that speak to them.
 */
class ChannelNodes implements AutoCloseable {

	private final LocalNetwork network = new LocalNetwork("channels");

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final Map<Node, ChannelServer> servers = new LinkedHashMap<>();

	private final Map<Node, PubSub> pubSubs = new LinkedHashMap<>();

	private final LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();

	ChannelNodes() {
		this.validator.afterPropertiesSet();
	}

	void start(Node node, int mailboxCapacity, Function<Node, Object> controller) {
		ClusterTransport transport = this.network.transport(node);
		JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.shared());
		ClusterPubSub pubSub = new ClusterPubSub(transport, codec, this.executor, 10_000);
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("controller", controller.apply(node));
		beans.addBean("exact", new TranscriptRooms.Exact());
		List<ChannelRoute> routes = new ChannelControllers(this.validator).routes(beans);
		this.servers.put(node, new ChannelServer(pubSub, codec, () -> routes, this.executor, mailboxCapacity));
		this.pubSubs.put(node, pubSub);
		transport.connect((TransportListener) pubSub);
	}

	ChannelServer server(Node node) {
		return Objects.requireNonNull(this.servers.get(node));
	}

	PubSub pubSub(Node node) {
		return Objects.requireNonNull(this.pubSubs.get(node));
	}

	Client connect(Node node, @Nullable Principal user) {
		RecordingConnection connection = new RecordingConnection(user);
		return new Client(connection,
				server(node).open(connection, Objects.requireNonNull(SocketSerializers.forVersion("2.0.0"))));
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.network.close();
	}

	record Client(RecordingConnection connection, SocketSession session) {

		void send(String text) {
			this.session.received(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
		}

		String next() throws InterruptedException {
			return this.connection.next();
		}

		void close() {
			this.session.closed();
		}

	}

}
