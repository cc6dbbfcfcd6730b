package io.clusterspring.channel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.channel.controller.ChannelControllers;
import io.clusterspring.channel.limit.ClientLimits;
import io.clusterspring.channel.limit.HandlerLimits;
import io.clusterspring.channel.server.ChannelParts;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.channel.socket.SocketSession;
import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistorySettings;
import io.clusterspring.interest.Audience;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.JacksonPayloadCodec;
import io.clusterspring.pubsub.MessageObserver;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.TopicMessage;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.wire.ClusterWire;
import io.clusterspring.wire.Listeners;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes with channels on an in-memory network, and their clients.
 */
class ChannelNodes implements AutoCloseable {

	private static final Set<String> PATHS = Set.of("/socket", "/admin/socket");

	private final LocalNetwork network = new LocalNetwork("channels");

	static final int HANDLER_THREADS = 4;

	private final ExecutorService executor = Executors.newFixedThreadPool(HANDLER_THREADS);

	private final ExecutorService deliverers = Executors.newFixedThreadPool(2);

	final HeldExecutor deliveries = new HeldExecutor(this.deliverers);

	/** Called instead of a delivery, if set. */
	final AtomicReference<@Nullable Consumer<TopicMessage>> observer = new AtomicReference<>();

	private final MessageObserver observed = new MessageObserver() {

		@Override
		public void broadcasting(String topic, Consumer<Map<String, String>> broadcast) {
			broadcast.accept(Map.of());
		}

		@Override
		public void delivering(TopicMessage message, Runnable listener) {
			Consumer<TopicMessage> present = ChannelNodes.this.observer.get();
			if (present != null) {
				present.accept(message);
			}
			else {
				listener.run();
			}
		}

	};

	private final Map<Node, ChannelServer> servers = new LinkedHashMap<>();

	private final Map<Node, PubSub> pubSubs = new LinkedHashMap<>();

	private final LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();

	private final SocketAuthorizer[] authorizers;

	private final List<ChannelCallInterceptor> interceptors = new ArrayList<>();

	/** Knows which nodes listen. */
	Audience audience = Audience.EVERYONE;

	/** Says until when a user is authenticated. */
	UserExpiries expiries = UserExpiries.NONE;

	/** How many messages wait for a listener of the nodes that start from now on. */
	int topicCapacity = 10_000;

	/** The histories of all nodes that start from now on. */
	List<HistorySettings> histories = List.of();

	final Map<Node, ClusterHistory> kept = new HashMap<>();

	private final Map<Node, ClusterTransport> transports = new HashMap<>();

	private final List<Runnable> closing = new ArrayList<>();

	ChannelNodes(SocketAuthorizer... authorizers) {
		this.authorizers = authorizers;
		this.validator.afterPropertiesSet();
	}

	void interceptBy(ChannelCallInterceptor... interceptors) {
		this.interceptors.addAll(List.of(interceptors));
	}

	void start(Node node, int mailboxCapacity, Function<Node, Object> controller) {
		start(node, mailboxCapacity, List.of(controller.apply(node), new TranscriptRooms.Exact()));
	}

	void start(Node node, int mailboxCapacity, List<Object> controllers, ChannelRoute... more) {
		start(node, settings(mailboxCapacity, 100, 10_000, 0, 0, 0), controllers, more);
	}

	void start(Node node, ChannelSettings settings, List<Object> controllers, ChannelRoute... more) {
		ClusterTransport transport = this.network.transport(node);
		JacksonPayloadCodec codec = new JacksonPayloadCodec(JsonMapper.shared());
		ClusterWire wire = new ClusterWire(transport, this.executor, 10_000);
		ClusterHistory history = new ClusterHistory(wire, this.histories);
		ClusterPubSub pubSub = new ClusterPubSub(wire, this.audience, codec, this.executor, this.topicCapacity,
				this.observed, history, (gap) -> {
				});
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		controllers.forEach((controller) -> beans.addBean("controller" + controllers.indexOf(controller), controller));
		List<ChannelRoute> routes = new ArrayList<>(new ChannelControllers(this.validator, codec).routes(beans));
		routes.addAll(List.of(more));
		this.servers.put(node, new ChannelServer(new Revocations(wire), pubSub, codec, this.executor, this.deliveries,
				settings, () -> new ChannelParts(routes, List.of(this.authorizers), this.interceptors, this.expiries)));
		this.pubSubs.put(node, pubSub);
		transport.connect(new Listeners(wire, history));
		this.closing.add(history::close);
		this.kept.put(node, history);
		this.transports.put(node, transport);
	}

	/** Stop a node as if its process were gone. */
	void stop(Node node) {
		Objects.requireNonNull(this.transports.remove(node)).disconnect();
	}

	static ChannelSettings settings(int mailboxCapacity, HandlerLimits handlers) {
		return new ChannelSettings(PATHS, mailboxCapacity, new ClientLimits(100, 10_000, 4_000_000, 0, 0, 0), handlers,
				Duration.ofSeconds(30));
	}

	static ChannelSettings settings(int mailboxCapacity, int maxChannels, int maxJoinSize, int handshakesPerSecond,
			int messagesPerSecond, int channelMessagesPerSecond) {
		return new ChannelSettings(PATHS, mailboxCapacity, new ClientLimits(maxChannels, maxJoinSize, 4_000_000,
				handshakesPerSecond, messagesPerSecond, channelMessagesPerSecond));
	}

	ChannelServer server(Node node) {
		return Objects.requireNonNull(this.servers.get(node));
	}

	PubSub pubSub(Node node) {
		return Objects.requireNonNull(this.pubSubs.get(node));
	}

	Client connect(Node node, @Nullable Principal user) {
		return connect(node, user, "2.0.0");
	}

	Client connect(Node node, @Nullable Principal user, @Nullable String vsn) {
		return open(node, request((vsn != null) ? Map.of("vsn", vsn) : Map.of(), user));
	}

	Client open(Node node, SocketRequest request) {
		RecordingConnection connection = new RecordingConnection();
		AcceptedSocket accepted = (AcceptedSocket) server(node).connect(request);
		return new Client(connection, accepted.open(connection),
				!String.valueOf(request.parameter("vsn")).startsWith("2"));
	}

	static SocketRequest request(Map<String, String> parameters, @Nullable Principal user) {
		Map<String, List<String>> all = new HashMap<>();
		parameters.forEach((name, value) -> all.put(name, List.of(value)));
		return new SocketRequest("/socket", "memory", all, Map.of(), user, null, null);
	}

	@Override
	public void close() {
		this.closing.forEach(Runnable::run);
		this.executor.shutdownNow();
		this.deliverers.shutdownNow();
		this.network.close();
	}

	record Client(RecordingConnection connection, SocketSession session, boolean v1) {

		static final String OK = "{\"status\":\"ok\",\"response\":{}}";

		void send(String text) {
			this.session.received(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
		}

		/**
		 * Send a heartbeat, and assert that the next message is its answer.
		 */
		void heartbeat(String ref) {
			if (this.v1) {
				send("{\"topic\":\"phoenix\",\"event\":\"heartbeat\",\"payload\":{},\"ref\":\"%s\"}".formatted(ref));
				assertThat(next()).endsWith("\"ref\":\"%s\",\"topic\":\"phoenix\"}".formatted(ref));
			}
			else {
				send("[null,\"%s\",\"phoenix\",\"heartbeat\",{}]".formatted(ref));
				assertThat(next()).startsWith("[null,\"%s\",\"phoenix\"".formatted(ref));
			}
		}

		void sendBinary(byte[] bytes) {
			this.session.receivedBinary(ByteBuffer.wrap(bytes));
		}

		/**
		 * Send a message with the join reference.
		 */
		void send(String topic, String ref, String event, String payload) {
			send("[\"1\",\"%s\",\"%s\",\"%s\",%s]".formatted(ref, topic, event, payload));
		}

		void join(String topic) {
			join(topic, "{}");
		}

		void join(String topic, String payload) {
			send(topic, "1", "phx_join", payload);
		}

		void joined(String topic) {
			join(topic);
			gets("1", "1", topic, "phx_reply", OK);
		}

		/**
		 * Assert that the next message is this reply.
		 */
		void getsReply(String topic, String ref, String status, String response) {
			gets("1", ref, topic, "phx_reply", "{\"status\":\"%s\",\"response\":%s}".formatted(status, response));
		}

		/**
		 * Assert that the next message is this one; the order of keys does not matter.
		 */
		void gets(@Nullable String joinRef, @Nullable String ref, String topic, String event, String payload) {
			JsonMapper mapper = JsonMapper.shared();
			String next = next();
			assertThat(next).startsWith("[");
			assertThat(mapper.readTree(next)).isEqualTo(
					mapper.createArrayNode().add(joinRef).add(ref).add(topic).add(event).add(mapper.readTree(payload)));
		}

		String next() {
			try {
				return this.connection.next();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		void close() {
			this.session.closed();
		}

	}

}
