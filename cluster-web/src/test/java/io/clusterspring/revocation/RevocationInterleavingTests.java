package io.clusterspring.revocation;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.clusterspring.interleaving.Interleavings;

/**
 * Tests for {@link RevocableSockets} and {@link RevocationMemory} with all interleavings
 * of their threads: a socket that is being opened and what revokes it cannot pass each
 * other unnoticed.
 */
class RevocationInterleavingTests {

	private static final RevocationKey ANN = RevocationKey.socketUser("ann");

	private static final String OLD = "old";

	private static final String NEW = "new";

	@Test
	void socketThatOpensWhileItsUserIsRevokedIsClosed() {
		Interleavings.explore(() -> {
			Node node = new Node();
			SocketOrigin arrived = SocketOrigin.at(1);
			Revocation revocation = Revocation.earlier(ANN, 2);
			Interleavings.together(() -> node.sockets.add("socket", Collections.singletonList(ANN), arrived),
					() -> node.revoke(revocation));
			Interleavings.check(node.closed.get() > 0, "the socket is open");
		});
	}

	@Test
	void socketThatOpensWhileItsSessionGetsAnotherIdAndEndsIsClosed() {
		Interleavings.explore(() -> {
			Node node = new Node();
			SocketOrigin arrived = SocketOrigin.at(1).session(OLD);
			Interleavings.together(() -> node.sockets.add("socket", List.of(), arrived), () -> {
				node.revoke(Revocation.renamed(OLD, NEW, 2));
				node.revoke(Revocation.ended(NEW, 3));
			});
			Interleavings.check(node.closed.get() > 0, "the socket is open");
		});
	}

	@Test
	void endOfASessionThatIsHeardBeforeItsNewIdClosesItsSocket() {
		Interleavings.explore(() -> {
			Node node = new Node();
			SocketOrigin arrived = SocketOrigin.at(1).session(OLD);
			Interleavings.together(() -> node.sockets.add("socket", List.of(), arrived),
					() -> node.revoke(Revocation.ended(NEW, 3)), () -> node.revoke(Revocation.renamed(OLD, NEW, 2)));
			Interleavings.check(node.closed.get() > 0, "the socket is open");
		});
	}

	@Test
	void socketWhoseUserIsKnownLaterIsClosedIfTheUserIsRevokedMeanwhile() {
		Interleavings.explore(() -> {
			Node node = new Node();
			node.sockets.add("socket", List.of(), SocketOrigin.at(1));
			Interleavings.together(() -> node.sockets.addKey("socket", ANN, SocketOrigin.at(1)),
					() -> node.revoke(Revocation.earlier(ANN, 2)));
			Interleavings.check(node.closed.get() > 0, "the socket is open");
		});
	}

	@Test
	void socketThatClosesMeanwhileLeavesNothing() {
		Interleavings.explore(() -> {
			Node node = new Node();
			node.sockets.add("socket", Collections.singletonList(ANN), SocketOrigin.at(1));
			Interleavings.together(() -> node.sockets.remove("socket"),
					() -> node.sockets.addKey("socket", RevocationKey.stompUser("ann"), SocketOrigin.at(1)));
			Interleavings.check(!node.sockets.has(ANN) && !node.sockets.has(RevocationKey.stompUser("ann")),
					"the index has a socket that is closed");
		});
	}

	private static final class Node {

		private final AtomicInteger closed = new AtomicInteger();

		// sockets of these tests are as old as the clock
		private final RevocationMemory memory = new RevocationMemory(10, Long.MAX_VALUE);

		private final RevocableSockets<String> sockets = new RevocableSockets<>(this.memory,
				(socket) -> this.closed.incrementAndGet(), (session) -> {
				});

		void revoke(Revocation revocation) {
			this.memory.add(revocation, null, revocation.at());
			this.sockets.apply(revocation);
		}

	}

}
