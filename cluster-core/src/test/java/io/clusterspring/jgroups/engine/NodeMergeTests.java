package io.clusterspring.jgroups.engine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.SHARED_LOOPBACK_PING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class NodeMergeTests {

	private final Address member = org.jgroups.util.UUID.randomUUID();

	private final String cluster = "merge-" + UUID.randomUUID();

	@Test
	void partsWhoseAnswersTakeAThirdOfASecondMerge() throws Exception {
		try (JChannel one = connect("one"); JChannel other = connect("other")) {
			await().until(() -> one.getView().size() == 2 && other.getView().size() == 2);
			goOnAlone(one);
			goOnAlone(other);
			await().atMost(Duration.ofSeconds(30))
				.until(() -> one.getView().size() == 2 && one.getView().equals(other.getView()));
		}
	}

	@Test
	void placeIsToldOnceThoughManyAnswersNameIt() throws Exception {
		try (JChannel one = connect("one")) {
			NodeMerge merge = one.getProtocolStack().findProtocol(NodeMerge.class);
			SlowAnswers below = one.getProtocolStack().findProtocol(SlowAnswers.class);
			install(one, members(one, 9));
			List<IpAddress> places = IntStream.rangeClosed(1, 20).mapToObj(NodeMergeTests::place).toList();
			for (int answer = 0; answer < 20; answer++) {
				places.forEach((place) -> merge.sendInfoMessage(new PingData(this.member, true, "node", place)));
			}
			// a slow machine may begin another round
			assertThat(below.told).containsAll(places).hasSizeLessThan(100);
			await().until(() -> {
				merge.sendInfoMessage(new PingData(this.member, true, "node", places.get(0)));
				return below.told.stream().filter(places.get(0)::equals).count() > 1;
			});
		}
	}

	@Test
	void manyNodesLookLessOften() throws Exception {
		try (JChannel one = connect("one")) {
			NodeMerge merge = one.getProtocolStack().findProtocol(NodeMerge.class);
			assertThat(merge.nextRound()).isBetween(500L, 1500L);
			assertThat(merge.nextLook()).isEqualTo(1600);
			install(one, members(one, 8));
			assertThat(merge.nextRound()).isBetween(500L, 1500L);
			install(one, members(one, 24));
			assertThat(merge.nextRound()).isBetween(1500L, 4500L);
			assertThat(merge.nextLook()).isEqualTo(4800);
			install(one, members(one, 1000));
			assertThat(merge.nextRound()).isBetween(2000L, 6000L);
			assertThat(merge.nextLook()).isEqualTo(6400);
			goOnAlone(one);
			assertThat(merge.nextLook()).isEqualTo(1600);
		}
	}

	private static Stream<Address> members(JChannel channel, int number) {
		return Stream.concat(Stream.of(channel.getAddress()),
				Stream.generate(org.jgroups.util.UUID::randomUUID).limit(number - 1));
	}

	private static void install(JChannel channel, Stream<Address> members) {
		GMS membership = channel.getProtocolStack().findProtocol(GMS.class);
		long number = channel.getView().getViewId().getId() + 1;
		membership.installView(new View(channel.getAddress(), number, members.toList()));
	}

	private static IpAddress place(int port) {
		return new IpAddress(InetAddress.getLoopbackAddress(), port);
	}

	private JChannel connect(String name) throws Exception {
		JChannel channel = new JChannel(new SHARED_LOOPBACK(), new SHARED_LOOPBACK_PING(), new SlowAnswers(),
				new NodeMerge(), new NAKACK2().useMcastXmit(false), new UNICAST3(), new STABLE(), new GMS());
		return channel.name(name).connect(this.cluster);
	}

	private static void goOnAlone(JChannel channel) {
		install(channel, Stream.of(channel.getAddress()));
	}

	/**
	 * Lets what MERGE3 says take its time.
	 */
	private static final class SlowAnswers extends Protocol {

		private static final long MILLIS = 170;

		private final Queue<Address> told = new ConcurrentLinkedQueue<>();

		private final short merge = ClassConfigurator.getProtocolId(MERGE3.class);

		@Override
		public Object down(Message message) {
			if (message.getHeader(this.merge) != null && message.getDest() instanceof IpAddress) {
				this.told.add(message.getDest());
				return null;
			}
			return this.down_prot.down(message);
		}

		@Override
		public Object up(Message message) {
			if (message.getHeader(this.merge) == null) {
				return this.up_prot.up(message);
			}
			getTransport().getTimer().schedule(() -> this.up_prot.up(message), MILLIS, TimeUnit.MILLISECONDS);
			return null;
		}

		@Override
		public void up(MessageBatch batch) {
			batch.forEach(this::up);
		}

	}

}
