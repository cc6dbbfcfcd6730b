package io.clusterspring.jgroups.engine;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jgroups.util.Util;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PortRace}.
 */
class PortRaceTests {

	private static final int PORT = 29620;

	private static final int RACERS = 3;

	@AutoClose("shutdownNow")
	private final ExecutorService threads = Executors.newFixedThreadPool(RACERS);

	@Test
	void allThatStartAtTheSameMomentFindAPort() throws Exception {
		for (int round = 0; round < 500; round++) {
			Queue<ServerSocket> sockets = new ConcurrentLinkedQueue<>();
			CyclicBarrier start = new CyclicBarrier(RACERS);
			List<Future<?>> racers = new ArrayList<>();
			for (int racer = 0; racer < RACERS; racer++) {
				racers.add(this.threads.submit(() -> {
					start.await(1, TimeUnit.MINUTES);
					PortRace.run(() -> {
						ServerSocket socket = new ServerSocket();
						sockets.add(socket);
						Util.bind(socket, InetAddress.getLoopbackAddress(), PORT, PORT + 9);
					});
					return null;
				}));
			}
			for (Future<?> racer : racers) {
				racer.get(1, TimeUnit.MINUTES);
			}
			for (ServerSocket socket : sockets) {
				socket.close();
			}
		}
	}

	@Test
	void portsThatAreTakenAreNotTriedForEver() {
		AtomicInteger tries = new AtomicInteger();
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> PortRace.run(() -> {
			tries.incrementAndGet();
			throw new BindException("test");
		}));
		assertThat(tries).hasValue(10);
	}

}
