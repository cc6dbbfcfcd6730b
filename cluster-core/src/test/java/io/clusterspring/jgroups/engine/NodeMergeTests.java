package io.clusterspring.jgroups.engine;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.SHARED_LOOPBACK_PING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;
import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;

class NodeMergeTests {

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

	private JChannel connect(String name) throws Exception {
		JChannel channel = new JChannel(new SHARED_LOOPBACK(), new SHARED_LOOPBACK_PING(), new SlowAnswers(),
				new NodeMerge(), new NAKACK2().useMcastXmit(false), new UNICAST3(), new STABLE(), new GMS());
		return channel.name(name).connect(this.cluster);
	}

	private static void goOnAlone(JChannel channel) {
		Address own = channel.getAddress();
		GMS membership = channel.getProtocolStack().findProtocol(GMS.class);
		membership.installView(new View(own, channel.getView().getViewId().getId() + 1, List.of(own)));
	}

	/**
	 * Lets what MERGE3 says take its time.
	 */
	private static final class SlowAnswers extends Protocol {

		private static final long MILLIS = 170;

		private final short merge = ClassConfigurator.getProtocolId(MERGE3.class);

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
