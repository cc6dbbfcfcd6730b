package io.clusterspring.channel;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketAdmission;
import io.clusterspring.channel.socket.SocketRefusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for exceptions at each step of a channel's life: the channel ends, all steps of
 * its end are taken, and it handles no further messages.
 */
class ChannelFailClosedTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String TOPIC = "vip:1";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Vip vip = new Vip();

	static List<ChannelCallInterceptor> interceptors() {
		return List.of((call) -> {
			throw new NoClassDefFoundError("interceptor");
		}, (call) -> null, (call) -> "no reply", (call) -> {
			call.proceed();
			return call.proceed();
		}, (call) -> {
			call.proceed();
			throw new StackOverflowError();
		});
	}

	@ParameterizedTest
	@MethodSource("interceptors")
	void interceptorThatFailsRefusesTheJoin(ChannelCallInterceptor broken) {
		this.nodes
			.interceptBy((call) -> (call.type() == ChannelCall.Type.JOIN) ? broken.intercept(call) : call.proceed());
		Client client = start();
		client.join(TOPIC);
		client.getsReply(TOPIC, "1", "error", "{\"reason\":\"join crashed\"}");
		isOut(client);
	}

	@Test
	void secondProceedDoesNotBypassTheNextInterceptor() {
		this.nodes.interceptBy((call) -> {
			try {
				return call.proceed();
			}
			catch (SecurityException ex) {
				return call.proceed();
			}
		}, (call) -> {
			throw new SecurityException("denied");
		});
		Client client = start();
		client.join(TOPIC);
		client.getsReply(TOPIC, "1", "error", "{\"reason\":\"join crashed\"}");
		isOut(client);
		assertThat(this.vip.joins).hasValue(0);
	}

	@Test
	void proceedFailsAfterTheInterceptorHasReturned() {
		List<ChannelCall> kept = new CopyOnWriteArrayList<>();
		this.nodes.interceptBy((call) -> {
			kept.add(call);
			return Reply.refuse("kept");
		});
		Client client = start();
		client.join(TOPIC);
		client.getsReply(TOPIC, "1", "error", "{\"reason\":\"kept\"}");
		assertThat(kept).hasSize(1)
			.allSatisfy((call) -> assertThat(thrownBy(call)).isInstanceOf(IllegalStateException.class));
		assertThat(this.vip.joins).hasValue(0);
	}

	private static Throwable thrownBy(ChannelCall call) {
		try {
			call.proceed();
			return new AssertionError("proceeded");
		}
		catch (Exception ex) {
			return ex;
		}
	}

	static List<Function<Vip, @Nullable Object>> decisions() {
		return List.of((vip) -> {
			throw new OutOfMemoryError("join");
		}, (vip) -> null, (vip) -> Reply.ok(new Unwritable()), (vip) -> Reply.error(new Unwritable()),
				(vip) -> Reply.later(CompletableFuture.failedFuture(new StackOverflowError())),
				(vip) -> Reply.later(CompletableFuture.completedFuture(new Unwritable())),
				(vip) -> Reply.later(new BrokenStage()), (vip) -> Reply.later(null),
				(vip) -> Reply.later(CompletableFuture.completedFuture(null)),
				(vip) -> Reply.later(CompletableFuture.completedFuture(false)));
	}

	@ParameterizedTest
	@MethodSource("decisions")
	void invalidDecisionRefusesTheJoin(Function<Vip, @Nullable Object> decision) {
		this.vip.decision = decision;
		Client client = start();
		client.join(TOPIC);
		client.getsReply(TOPIC, "1", "error", "{\"reason\":\"join crashed\"}");
		isOut(client);
		await().untilAsserted(() -> assertThat(this.vip.ends).containsExactly("first", "second"));
		assertThat(this.vip.leaves).hasValue(0);
	}

	@Test
	void handlerWithoutAnnotationsThatReturnsNullRefusesTheJoin() {
		this.nodes.start(N1, 1000, List.of(), ChannelRoute.of("raw", new ChannelHandler() {

			@Override
			@SuppressWarnings("NullAway")
			public Reply onJoin(Channel channel, ChannelPayload payload) {
				return null;
			}

			@Override
			public Reply onEvent(Channel channel, String event, ChannelPayload payload) {
				return Reply.ok();
			}

		}));
		Client client = this.nodes.connect(N1, null);
		client.join("raw");
		client.getsReply("raw", "1", "error", "{\"reason\":\"join crashed\"}");
	}

	@Test
	void handlerWithoutAnnotationsWhoseStageCompletesWithNullRefusesTheJoin() {
		this.nodes.start(N1, 1000, List.of(), ChannelRoute.of("raw", new ChannelHandler() {

			@Override
			public Reply onJoin(Channel channel, ChannelPayload payload) {
				return Reply.later(CompletableFuture.completedFuture(null));
			}

			@Override
			public Reply onEvent(Channel channel, String event, ChannelPayload payload) {
				return Reply.ok();
			}

		}));
		Client client = this.nodes.connect(N1, null);
		client.join("raw");
		client.getsReply("raw", "1", "error", "{\"reason\":\"join crashed\"}");
	}

	@ParameterizedTest
	@EnumSource(Refused.class)
	void replyThatCannotBeSentRefusesTheJoin(Refused refused) {
		Client client = start(refused);
		client.join(TOPIC);
		await().untilAsserted(() -> assertThat(this.vip.ends).containsExactly("first", "second"));
		refused.over = true;
		isOut(client);
		refused.over = false;
	}

	@ParameterizedTest
	@EnumSource(Refused.class)
	void eventWhoseAnswerCannotBeSentEndsTheChannel(Refused refused) {
		refused.over = true;
		Client client = start(refused);
		client.joined(TOPIC);
		refused.over = false;
		client.send(TOPIC, "2", "say", "{}");
		await().untilAsserted(() -> assertThat(this.vip.ends).containsExactly("first", "second"));
		await().untilAsserted(() -> assertThat(this.vip.leaves).hasValue(1));
		refused.over = true;
		this.vip.says.set(0);
		isOut(client);
		refused.over = false;
	}

	@ParameterizedTest
	@EnumSource(Refused.class)
	void leaveThatCannotBeAnsweredEndsTheChannel(Refused refused) {
		refused.over = true;
		Client client = start(refused);
		client.joined(TOPIC);
		refused.over = false;
		client.send(TOPIC, "2", "phx_leave", "{}");
		await().untilAsserted(() -> assertThat(this.vip.leaves).hasValue(1));
		assertThat(this.vip.ends).containsExactly("first", "second");
		refused.over = true;
		isOut(client);
		refused.over = false;
	}

	@Test
	void channelThatIsReplacedIsClosedEvenIfTheNewJoinCrashes() {
		Client client = start();
		client.joined(TOPIC);
		this.vip.decision = (vip) -> {
			throw new AssertionError("second join");
		};
		client.send("[\"9\",\"9\",\"vip:1\",\"phx_join\",{}]");
		client.gets("9", "9", TOPIC, "phx_reply", "{\"status\":\"error\",\"response\":{\"reason\":\"join crashed\"}}");
		client.gets("1", "1", TOPIC, "phx_close", "{}");
		isOut(client);
	}

	@Test
	void errorOfAnAuthorizerRefuses() {
		assertThat(decided((request) -> {
			throw new NoClassDefFoundError("authorizer");
		})).isInstanceOf(SocketRefusal.class);
	}

	@Test
	@SuppressWarnings("NullAway")
	void authorizerThatReturnsNothingRefuses() {
		assertThat(decided((request) -> null)).isInstanceOf(SocketRefusal.class);
	}

	private static SocketAdmission decided(SocketAuthorizer authorizer) {
		try (ChannelNodes own = new ChannelNodes(authorizer)) {
			own.start(N1, 1000, List.of());
			return own.server(N1).connect(ChannelNodes.request(Map.of("vsn", "2.0.0"), null));
		}
	}

	private Client start() {
		this.nodes.start(N1, 1000, List.of(this.vip));
		return this.nodes.connect(N1, null);
	}

	private Client start(Refused refused) {
		this.nodes.start(N1, 1000, List.of(this.vip));
		RecordingConnection connection = new RecordingConnection() {

			@Override
			public void send(SocketFrame frame) {
				if (!refused.over && refused.what.test(frame.messages().get(0).text())) {
					throw new IllegalStateException("cannot send " + refused);
				}
				super.send(frame);
			}

		};
		AcceptedSocket accepted = (AcceptedSocket) this.nodes.server(N1)
			.connect(ChannelNodes.request(Map.of("vsn", "2.0.0"), null));
		return new Client(connection, accepted.open(connection), false);
	}

	private void isOut(Client client) {
		client.send("[null,\"7\",\"vip:1\",\"say\",{}]");
		await().until(() -> {
			String next = client.next();
			return next.contains("\"7\"") && next.contains("unmatched topic");
		});
		assertThat(this.vip.says).hasValue(0);
		await().untilAsserted(() -> {
			assertThat(ChannelLeaks.topics(this.nodes.server(N1))).isEmpty();
			assertThat(ChannelLeaks.channels(client.session())).isEmpty();
		});
	}

	enum Refused {

		EVERYTHING((text) -> true), REPLIES((text) -> text.contains("phx_reply")),
		OK((text) -> text.contains("phx_reply") && text.contains("\"ok\""));

		private final Predicate<String> what;

		private volatile boolean over;

		Refused(Predicate<String> what) {
			this.what = what;
		}

	}

	static class Unwritable extends AbstractList<Object> {

		@Override
		public Object get(int index) {
			throw new IllegalStateException("cannot be written");
		}

		@Override
		public int size() {
			return 1;
		}

	}

	static class BrokenStage extends CompletableFuture<Object> {

		@Override
		public CompletableFuture<Object> whenComplete(
				java.util.function.BiConsumer<? super Object, ? super Throwable> action) {
			throw new UnsupportedOperationException("stage");
		}

	}

	@ChannelController("vip:{id}")
	static class Vip {

		private final AtomicInteger joins = new AtomicInteger();

		private final AtomicInteger says = new AtomicInteger();

		private final AtomicInteger leaves = new AtomicInteger();

		private final List<String> ends = new CopyOnWriteArrayList<>(new ArrayList<>());

		private volatile Function<Vip, @Nullable Object> decision = (vip) -> Reply.ok();

		@OnJoin
		@Nullable Reply join(Channel channel) {
			this.joins.incrementAndGet();
			channel.onEnd(() -> {
				this.ends.add("first");
				throw new AssertionError("end");
			});
			channel.onEnd(() -> this.ends.add("second"));
			return (Reply) this.decision.apply(this);
		}

		@OnEvent("say")
		Reply say() {
			this.says.incrementAndGet();
			return Reply.ok();
		}

		@OnLeave
		void leave() {
			this.leaves.incrementAndGet();
			throw new AssertionError("leave");
		}

	}

}
