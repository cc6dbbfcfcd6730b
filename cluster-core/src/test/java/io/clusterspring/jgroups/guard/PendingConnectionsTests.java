package io.clusterspring.jgroups.guard;

import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.guard.NodeServerSocket.PendingConnections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PendingConnections}.
 */
class PendingConnectionsTests {

	private final PendingConnections connections = new PendingConnections();

	@Test
	void admittedConnectionsAreTakenInOrder() throws Exception {
		Socket one = begin("a");
		Socket other = begin("a");
		this.connections.admit(other);
		this.connections.admit(one);
		assertThat(this.connections.take()).isSameAs(other);
		assertThat(this.connections.take()).isSameAs(one);
		assertThat(one.isClosed()).isFalse();
	}

	@Test
	void takerWaitsUntilOneIsAdmitted() {
		CompletableFuture<Socket> taken = take();
		Socket one = begin("a");
		this.connections.admit(one);
		assertThat(taken.join()).isSameAs(one);
	}

	@Test
	void connectionThatIsAdmittedAfterTheEndIsClosedAndNotTaken() throws Exception {
		Socket late = begin("a");
		this.connections.close();
		this.connections.admit(late);
		assertThat(late.isClosed()).isTrue();
		assertThatExceptionOfType(SocketException.class).isThrownBy(this.connections::take);
	}

	@Test
	void connectionThatComesAfterTheEndIsClosed() throws Exception {
		this.connections.close();
		Socket late = new Socket();
		assertThat(this.connections.begin(late, "a")).isFalse();
		assertThat(late.isClosed()).isTrue();
	}

	@Test
	void endClosesWhatIsAdmittedAndNotTakenYet() throws Exception {
		Socket admitted = begin("a");
		this.connections.admit(admitted);
		this.connections.close();
		assertThat(admitted.isClosed()).isTrue();
		assertThatExceptionOfType(SocketException.class).isThrownBy(this.connections::take);
		assertThatExceptionOfType(SocketException.class).as("however often it is asked")
			.isThrownBy(this.connections::take);
	}

	@Test
	void endWakesTheTaker() {
		CompletableFuture<Socket> taken = take();
		this.connections.close();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(taken::join)
			.withCauseInstanceOf(SocketException.class);
	}

	@Test
	void connectionThatWasGivenUpIsNotAdmitted() throws Exception {
		Socket one = begin("a");
		this.connections.giveUp(one);
		this.connections.admit(one);
		assertThat(one.isClosed()).isTrue();
		Socket other = begin("a");
		this.connections.admit(other);
		assertThat(this.connections.take()).isSameAs(other);
	}

	@Test
	void ofTooManyTheOldestOfTheHostWithMostIsGivenUp() {
		Socket lone = begin("node");
		List<Socket> flood = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			flood.add(begin("flood"));
		}
		assertThat(lone.isClosed()).isFalse();
		int most = PendingConnections.MOST - 1;
		assertThat(flood.subList(0, flood.size() - most)).allMatch(Socket::isClosed);
		assertThat(flood.subList(flood.size() - most, flood.size())).noneMatch(Socket::isClosed);
	}

	private Socket begin(String host) {
		Socket socket = new Socket();
		assertThat(this.connections.begin(socket, host)).isTrue();
		return socket;
	}

	private CompletableFuture<Socket> take() {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return this.connections.take();
			}
			catch (Exception ex) {
				throw new CompletionException(ex);
			}
		});
	}

}
