package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.presence.PresenceMessage.Ask;
import io.clusterspring.presence.PresenceMessage.Beat;
import io.clusterspring.presence.PresenceMessage.Delta;
import io.clusterspring.presence.PresenceMessage.Page;
import io.clusterspring.wire.FrameFuzz;
import io.clusterspring.wire.FrameKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for single steps of the replication, with the messages between nodes.
 */
class PresenceStateTests {

	private static final Node A = Node.of("a@host");

	private static final Node B = Node.of("b@host");

	private final Side a = new Side(A, 0x1111111111111100L);

	private final Side b = new Side(B, 0x2222222222222200L);

	@Test
	void stateOfANewNodeIsRequestedPageByPage() {
		for (int i = 0; i < 12; i++) {
			this.a.put("k" + i);
		}
		this.b.view(A);
		Ask ask = this.b.said(Ask.class);
		assertThat(ask.after()).isZero();
		this.a.view(B);
		this.a.said(Ask.class);
		this.a.hear(B, ask);
		Page page = this.a.said(Page.class);
		assertThat(page.more()).isTrue();
		assertThat(page.metas()).hasSize(8);
		this.b.hear(A, page);
		assertThat(this.b.keys()).hasSize(8);
		assertThat(this.b.state.isComplete()).isFalse();
		Ask next = this.b.said(Ask.class);
		assertThat(next.after()).isEqualTo(8);
		this.a.hear(B, next);
		Page last = this.a.said(Page.class);
		assertThat(last.more()).isFalse();
		this.b.hear(A, last);
		this.b.hear(A, last);
		assertThat(this.b.keys()).hasSize(12);
		assertThat(this.b.state.isComplete()).isTrue();
		assertThat(this.b.out).isEmpty();
	}

	@Test
	void requestBeforeTheViewIsAnsweredWithTheView() {
		this.a.put("k");
		this.b.view(A);
		this.a.hear(B, this.b.said(Ask.class));
		assertThat(this.a.out).isEmpty();
		this.a.view(B);
		this.a.said(Ask.class);
		this.b.hear(A, this.a.said(Page.class));
		assertThat(this.b.keys()).containsExactly("k");
	}

	@Test
	void deltaIsAppliedOnceAndAGapIsRequestedOnce() {
		connect();
		PresenceMeta first = this.a.put("first");
		Delta one = this.a.delta();
		this.b.hear(A, one);
		this.a.state.remove(first);
		this.b.hear(A, this.a.delta());
		this.b.hear(A, one);
		assertThat(this.b.keys()).isEmpty();
		assertThat(this.b.out).isEmpty();
		this.a.put("lost");
		assertThat(this.a.delta().from()).isEqualTo(2);
		this.a.put("second");
		this.b.hear(A, this.a.delta());
		this.a.put("third");
		this.b.hear(A, this.a.delta());
		assertThat(this.b.keys()).isEmpty();
		this.a.hear(B, this.b.said(Ask.class));
		this.b.hear(A, this.a.said(Page.class));
		assertThat(this.b.keys()).containsExactlyInAnyOrder("lost", "second", "third");
		this.a.put("fourth");
		this.b.hear(A, this.a.delta());
		assertThat(this.b.keys()).hasSize(4);
		assertThat(this.b.out).isEmpty();
	}

	@Test
	void lostLastDeltaIsNoticedByTheHeartbeat() {
		connect();
		this.b.hear(A, this.a.state.beat());
		assertThat(this.b.out).isEmpty();
		this.a.put("lost");
		this.a.delta();
		this.b.hear(A, this.a.state.beat());
		assertThat(this.b.said(Ask.class).after()).isZero();
	}

	@Test
	void unansweredRequestIsRepeatedAtTheSecondTick() {
		this.b.view(A);
		Ask ask = this.b.said(Ask.class);
		this.b.tick();
		assertThat(this.b.out).isEmpty();
		this.b.tick();
		Ask again = this.b.said(Ask.class);
		this.a.view(B);
		this.a.said(Ask.class);
		this.a.put("k");
		this.a.hear(B, ask);
		this.b.hear(A, this.a.said(Page.class));
		assertThat(this.b.keys()).isEmpty();
		this.a.hear(B, again);
		this.b.hear(A, this.a.said(Page.class));
		assertThat(this.b.keys()).containsExactly("k");
	}

	@Test
	void lateMessageOfAnEarlierIncarnationIsIgnored() {
		connect();
		this.a.put("ghost");
		Delta late = this.a.delta();
		this.b.view();
		this.b.view(A);
		Ask ask = this.b.said(Ask.class);
		this.b.hear(A, late);
		assertThat(this.b.keys()).isEmpty();
		Side restarted = new Side(A, 0x3333333333333300L);
		restarted.view(B);
		restarted.said(Ask.class);
		restarted.hear(B, ask);
		this.b.hear(A, restarted.said(Page.class));
		this.b.hear(A, late);
		assertThat(this.b.keys()).isEmpty();
		assertThat(this.b.said(Ask.class).after()).isZero();
	}

	@Test
	void sizeOfDeltasAndNumberOfWaitingWritesAreLimited() {
		connect();
		for (int i = 0; i < 25; i++) {
			this.a.put("k" + i);
		}
		Delta delta = this.a.delta();
		assertThat(delta.writes()).hasSizeLessThan(25);
		assertThat(this.a.delta().from()).isEqualTo(delta.from() + delta.writes().size());
		while (this.a.state.takeDelta() != null) {
			continue;
		}
		for (int i = 0; i <= Side.LIMITS.queueCapacity(); i++) {
			this.a.put("more" + i);
		}
		assertThat(this.a.state.takeDelta()).isNull();
		this.b.hear(A, this.a.state.beat());
		assertThat(this.b.said(Ask.class).after()).isZero();
	}

	@Test
	void withoutOthersNothingWaits() {
		this.a.put("k");
		assertThat(this.a.state.takeDelta()).isNull();
		connect();
		this.a.put("k2");
		this.a.view();
		assertThat(this.a.state.takeDelta()).isNull();
		assertThat(this.a.state.isAlone()).isTrue();
	}

	@Test
	void everyMessageIsDecodedAsEncoded() {
		PresenceOrigin origin = new PresenceOrigin(A, 0x8000000000000001L, PresenceNode.CODEC);
		PresenceMeta one = new PresenceMeta(origin, 8, 0, "töpic", "", "{}".getBytes());
		PresenceMeta two = new PresenceMeta(origin, 10, 5, "töpic", "k€y", "{\"a\":1}".getBytes());
		List<PresenceMessage.Write> writes = List.of(PresenceMessage.Write.put(one), PresenceMessage.Write.remove(3),
				PresenceMessage.Write.put(two));
		for (PresenceMessage message : List.of(new Beat(-5, 1L << 40), new Ask(Long.MIN_VALUE, 128),
				new Page(7, origin.incarnation(), 12, true, List.of(one, two)),
				new Page(7, origin.incarnation(), 0, false, List.of()), new Delta(origin.incarnation(), 7, writes))) {
			byte[] bytes = PresenceCodec.write(message);
			PresenceMessage read = read(FrameKind.body(bytes));
			assertThat(read).isEqualTo(message);
			assertThat(PresenceCodec.write(read)).isEqualTo(bytes);
			for (int length = FrameKind.HEADER; length < bytes.length; length++) {
				ByteBuffer cut = FrameKind.body(Arrays.copyOf(bytes, length));
				assertThatIllegalArgumentException().isThrownBy(() -> read(cut));
			}
		}
		assertThatIllegalArgumentException().isThrownBy(() -> read(ByteBuffer.wrap(new byte[] { 9, 0 })));
	}

	@Test
	void anyBytesAreDecodedOrRefused() {
		PresenceOrigin origin = new PresenceOrigin(A, 7, PresenceNode.CODEC);
		PresenceMeta one = new PresenceMeta(origin, 8, 0, "töpic", "", "{}".getBytes());
		PresenceMeta two = new PresenceMeta(origin, 10, 5, "töpic", "k€y", "{\"a\":1}".getBytes());
		FrameFuzz.fuzz(PresenceStateTests::read, PresenceCodec.write(new Beat(-5, 1L << 40)),
				PresenceCodec.write(new Ask(Long.MIN_VALUE, 128)),
				PresenceCodec.write(new Page(7, 7, 12, true, List.of(one, two))),
				PresenceCodec.write(new Delta(7, 7, List.of(PresenceMessage.Write.put(one),
						PresenceMessage.Write.remove(3), PresenceMessage.Write.put(two)))));
	}

	private static PresenceMessage read(ByteBuffer body) {
		return new PresenceCodec((incarnation) -> new PresenceOrigin(A, incarnation, PresenceNode.CODEC),
				UnaryOperator.identity())
			.read(body);
	}

	private void connect() {
		this.a.view(B);
		this.b.view(A);
		this.a.hear(B, this.b.said(Ask.class));
		this.b.hear(A, this.a.said(Ask.class));
		this.a.hear(B, this.b.said(Page.class));
		this.b.hear(A, this.a.said(Page.class));
	}

	/**
	 * One node, and the messages it has sent.
	 */
	private static final class Side implements PresenceTable.Observer {

		static final PresenceLimits LIMITS = new PresenceLimits(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO,
				100, 200);

		private final PresenceTable table = new PresenceTable();

		private final List<PresenceMessage> out = new ArrayList<>();

		private final PresenceState state;

		private long tokens;

		Side(Node node, long incarnation) {
			this.state = new PresenceState(new PresenceOrigin(node, incarnation, PresenceNode.CODEC), this.table, this,
					() -> ++this.tokens + incarnation, LIMITS);
		}

		PresenceMeta put(String key) {
			return this.state.put("topic", key, "{}".getBytes(), null);
		}

		Delta delta() {
			Delta delta = this.state.takeDelta();
			assertThat(delta).isNotNull();
			return delta;
		}

		void view(Node... others) {
			this.state.view(List.of(others));
			takeMessages();
		}

		void hear(Node sender, PresenceMessage message) {
			this.state.receive(sender, message);
			takeMessages();
		}

		void tick() {
			this.state.tick();
			takeMessages();
		}

		private void takeMessages() {
			this.state.takeMessages().forEach((sent) -> this.out.add(sent.message()));
		}

		<T extends PresenceMessage> T said(Class<T> type) {
			List<T> found = this.out.stream().filter(type::isInstance).map(type::cast).toList();
			assertThat(found).as("among " + this.out).hasSize(1);
			this.out.remove(found.get(0));
			return found.get(0);
		}

		Map<String, List<PresenceMeta>> topic() {
			return this.table.keys("topic");
		}

		List<String> keys() {
			return List.copyOf(topic().keySet());
		}

		@Override
		public void joined(PresenceMeta meta) {
		}

		@Override
		public void left(PresenceMeta meta) {
		}

	}

}
