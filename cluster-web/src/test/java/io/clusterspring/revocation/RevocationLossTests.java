package io.clusterspring.revocation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Revocations} whose frames are lost, because a node that stays in the
 * view takes none for a while.
 */
class RevocationLossTests {

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("loss");

	@AutoClose("shutdownNow")
	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final AtomicLong lost = new AtomicLong();

	private volatile boolean loses;

	private final RevocationNode n1 = start("n1");

	private final RevocationNode n2 = start("n2");

	static List<RevocationKey> keys() {
		return List.of(RevocationKey.socketUser("ann"), RevocationKey.stompUser("ann"),
				RevocationKey.socketId("ann:1"));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void disconnectIsToldAgain(RevocationKey key) {
		await().until(() -> this.n1.size == 2 && this.n2.size == 2);
		this.n2.open("socket", key);
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

	private RevocationNode start(String name) {
		ClusterTransport transport = losing(this.network.transport(Node.of(name + "@127.0.0.1")));
		return new RevocationNode(transport, this.executor, Revocations.CAPACITY, Revocations.CAPACITY,
				Revocations.RETENTION);
	}

	private ClusterTransport losing(ClusterTransport transport) {
		return (ClusterTransport) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ClusterTransport.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("dropped")) {
						return this.lost.get();
					}
					if (this.loses && method.getName().startsWith("send")) {
						this.lost.incrementAndGet();
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

}
