package io.clusterspring.revocation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Revocations} whose frames are lost, because a node that stays in the
 * view takes none for a while.
 */
class RevocationLossTests {

	private final LocalNetwork network = new LocalNetwork("loss");

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final AtomicLong lost = new AtomicLong();

	private volatile boolean loses;

	private final TestNode n1 = new TestNode("n1");

	private final TestNode n2 = new TestNode("n2");

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.network.close();
	}

	static List<RevocationKey> keys() {
		return List.of(RevocationKey.socketUser("ann"), RevocationKey.stompUser("ann"),
				RevocationKey.socketId("ann:1"));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void disconnectIsToldAgain(RevocationKey key) {
		await().until(() -> this.n1.size == 2 && this.n2.size == 2);
		this.n2.sockets.add("socket", List.of(key), SocketOrigin.now());
		this.loses = true;
		this.n1.revocations.revoke(key);
		await().until(() -> this.lost.get() >= 3);
		assertThat(this.n2.closed).isEmpty();
		this.loses = false;
		await().until(() -> this.n2.closed.contains("socket"));
	}

	@Test
	void isToldAgainOnceIfItWasLostOnce() {
		await().until(() -> this.n1.size == 2 && this.n2.size == 2);
		this.lost.set(100);
		this.n1.revocations.revoke(RevocationKey.socketUser("ann"));
		this.loses = true;
		this.n1.revocations.revoke(RevocationKey.socketUser("bob"));
		this.loses = false;
		await().until(() -> this.n2.revocations.remembered() == 2);
		assertThat(this.lost).hasValue(101);
	}

	private final class TestNode implements TransportListener {

		private final Set<String> closed = ConcurrentHashMap.newKeySet();

		private final ClusterWire wire;

		private final Revocations revocations;

		private final RevocableSockets<String> sockets;

		private volatile int size;

		TestNode(String name) {
			ClusterTransport transport = RevocationLossTests.this.network.transport(Node.of(name + "@127.0.0.1"));
			this.wire = new ClusterWire(losing(transport), RevocationLossTests.this.executor, 1000);
			this.revocations = new Revocations(this.wire);
			this.sockets = this.revocations.sockets(this.closed::add);
			transport.connect(this);
		}

		private ClusterTransport losing(ClusterTransport transport) {
			return (ClusterTransport) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { ClusterTransport.class }, (proxy, method, arguments) -> {
						if (method.getName().equals("dropped")) {
							return RevocationLossTests.this.lost.get();
						}
						if (RevocationLossTests.this.loses && method.getName().startsWith("send")) {
							RevocationLossTests.this.lost.incrementAndGet();
							return null;
						}
						try {
							return method.invoke(transport, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

		@Override
		public void viewChanged(ClusterView view) {
			this.wire.viewChanged(view);
			this.revocations.viewChanged(view);
			this.size = view.nodes().size();
		}

		@Override
		public void frameReceived(Node sender, ByteBuffer frame) {
			this.wire.frameReceived(sender, frame);
		}

	}

}
