package io.clusterspring.jgroups.engine;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.SubmitToThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.jgroups.PortRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Errors that the engine catches and logs, in each of the places where it does, are seen.
 */
class SwallowedErrorIntegrationTests {

	private static final PortRange PORTS = new PortRange(22410, 4);

	private static final List<NodeAddress> NODES = List.of(NodeAddress.of("n1@127.0.0.1"),
			NodeAddress.of("n2@127.0.0.1"));

	private final AtomicBoolean broken = new AtomicBoolean(true);

	private List<JGroupsTransport> nodes = List.of();

	@AfterEach
	void stop() {
		this.nodes.forEach(JGroupsTransport::disconnect);
	}

	@Test
	void whenViewsAreMade() {
		start((channel) -> gms(channel).setMembershipChangePolicy(new BrokenPolicy()));
		told("GMS");
	}

	@Test
	void whenMessagesAreRead() {
		BrokenReading.BROKEN.set(true);
		start((channel) -> channel.getProtocolStack()
			.getTransport()
			.setMessageProcessingPolicy(BrokenReading.class.getName()));
		told("NodeTcp");
	}

	@Test
	void whenMessagesAreHandedOn() {
		start((channel) -> insert(channel, new Protocol() {

			@Override
			public Object up(Message message) {
				failOnce();
				return super.up(message);
			}

			@Override
			public void up(MessageBatch batch) {
				failOnce();
				super.up(batch);
			}

		}));
		await().untilAsserted(() -> {
			this.nodes.get(1).send(new byte[10]);
			assertThat(this.nodes.get(0).failures()).containsKey("NodeUnicast");
		});
	}

	@Test
	void whenAViewIsHandedOn() {
		this.broken.set(false);
		start((channel) -> insert(channel, new Protocol() {

			@Override
			public Object up(Event event) {
				if (event.type() == Event.VIEW_CHANGE && event.<View>arg().size() > 1) {
					SwallowedErrorIntegrationTests.this.broken.set(true);
					failOnce();
				}
				return super.up(event);
			}

		}));
		await().untilAsserted(() -> assertThat(this.nodes.get(0).failures()).isNotEmpty());
	}

	private void start(JGroupsChannelCustomizer customizer) {
		String cluster = "swallowed-" + PORTS.first();
		this.nodes = List.of(node(cluster, 0, List.of(customizer)), node(cluster, 1, List.of()));
		this.nodes.forEach((node) -> node.connect(new RecordingListener()));
	}

	private static JGroupsTransport node(String cluster, int index, List<JGroupsChannelCustomizer> customizers) {
		return StackSamples.transport(cluster, NODES.get(index), NODES, PORTS, customizers);
	}

	private void told(String part) {
		await().dontCatchUncaughtExceptions()
			.untilAsserted(() -> assertThat(this.nodes.get(0).failures()).containsKey(part));
	}

	private static GMS gms(JChannel channel) {
		return channel.getProtocolStack().findProtocol(GMS.class);
	}

	private static void insert(JChannel channel, Protocol protocol) {
		try {
			channel.getProtocolStack().insertProtocol(protocol, ProtocolStack.Position.ABOVE, GMS.class);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void failOnce() {
		if (this.broken.compareAndSet(true, false)) {
			throw new InternalError("test");
		}
	}

	/**
	 * Made by the engine.
	 */
	public static final class BrokenReading extends SubmitToThreadPool {

		private static final AtomicBoolean BROKEN = new AtomicBoolean();

		@Override
		public boolean process(Message message, boolean oob) {
			failOnce();
			return super.process(message, oob);
		}

		@Override
		public boolean process(MessageBatch batch, boolean oob) {
			failOnce();
			return super.process(batch, oob);
		}

		private static void failOnce() {
			if (BROKEN.compareAndSet(true, false)) {
				throw new InternalError("test");
			}
		}

	}

	private final class BrokenPolicy extends GMS.DefaultMembershipPolicy {

		@Override
		public List<Address> getNewMembership(Collection<Address> present, Collection<Address> joining,
				Collection<Address> leaving, Collection<Address> suspects) {
			failOnce();
			return super.getNewMembership(present, joining, leaving, suspects);
		}

	}

}
