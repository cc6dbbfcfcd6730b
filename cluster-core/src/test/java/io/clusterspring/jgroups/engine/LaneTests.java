package io.clusterspring.jgroups.engine;

import java.io.DataOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FailureDetection;
import org.jgroups.protocols.MsgStats;
import org.jgroups.protocols.TP;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.AsciiString;
import org.jgroups.util.DefaultThreadFactory;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

import io.clusterspring.jgroups.EngineFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;

/**
 * Lanes of a {@link NodeBundler} without a network, in as many orders of threads as there
 * is time for.
 */
class LaneTests {

	private static final int THREADS = 3;

	private static final int MESSAGES = Integer.getInteger("lane.messages", 3000);

	private final Address self = UUID.randomUUID();

	private final Address other = UUID.randomUUID();

	private final Queue<Numbered> written = new ConcurrentLinkedQueue<>();

	private volatile long enough;

	private final NodeBundler bundler = new NodeBundler(new EngineFailures(), () -> this.enough);

	@BeforeEach
	void start() {
		TP transport = Mockito.mock(TP.class, Mockito.withSettings().stubOnly());
		given(transport.getAddress()).willReturn(this.self);
		given(transport.getThreadFactory()).willReturn(new DefaultThreadFactory("", true));
		given(transport.getMessageStats()).willReturn(new MsgStats());
		given(transport.getClusterNameAscii()).willReturn(new AsciiString("lanes"));
		given(transport.getPhysicalAddressFromCache(this.other))
			.willReturn(new IpAddress(InetAddress.getLoopbackAddress(), 1));
		this.bundler.init(transport);
		this.bundler.start();
	}

	@AfterEach
	void stop() {
		this.bundler.stop();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everyMessageIsWrittenOnceAndInTheOrderOfItsThread(boolean member) {
		List<Address> members = member ? List.of(this.self, this.other) : List.of(this.self);
		this.bundler.viewChange(View.create(this.self, 1, members));
		Thread[] threads = IntStream.range(0, THREADS)
			.mapToObj((thread) -> new Thread(() -> send(thread)))
			.toArray(Thread[]::new);
		for (Thread thread : threads) {
			thread.start();
		}
		await().until(() -> this.written.size() == THREADS * MESSAGES);
		for (int thread = 0; thread < THREADS; thread++) {
			int number = thread;
			assertThat(this.written).filteredOn((message) -> message.thread == number)
				.extracting((message) -> message.number)
				.isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
		}
		await().until(() -> this.bundler.getQueueSize() == 0);
	}

	@Test
	void heartbeatIsLeftOutForMemberThatHasJustBeenSentSomething() {
		this.bundler.viewChange(View.create(this.self, 1, List.of(this.self, this.other)));
		this.enough = Long.MAX_VALUE;
		this.bundler.send(new Numbered(0, 1));
		await().until(() -> this.bundler.getQueueSize() == 0);
		this.bundler.send(heartbeat(2));
		this.bundler.send(new Numbered(0, 3));
		this.enough = 0;
		this.bundler.send(heartbeat(4));
		await().until(() -> this.bundler.getQueueSize() == 0);
		assertThat(this.written).extracting((message) -> message.number).containsExactly(1, 3, 4);
	}

	@Test
	void firstHeartbeatIsWritten() {
		this.bundler.viewChange(View.create(this.self, 1, List.of(this.self, this.other)));
		this.enough = TimeUnit.HOURS.toNanos(1);
		this.bundler.send(heartbeat(1));
		await().until(() -> this.bundler.getQueueSize() == 0);
		assertThat(this.written).hasSize(1);
	}

	private Message heartbeat(int number) {
		return new Numbered(0, number).setDest(null)
			.setFlag(Message.TransientFlag.DONT_LOOPBACK)
			.putHeader(ClassConfigurator.getProtocolId(FD_ALL3.class), new FailureDetection.HeartbeatHeader());
	}

	private void send(int thread) {
		for (int i = 0; i < MESSAGES; i++) {
			this.bundler.send(new Numbered(thread, i));
			int pause = ThreadLocalRandom.current().nextInt(8);
			if (pause == 0) {
				// long enough for the lane to become idle, or to be about to
				LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(50_000));
			}
		}
	}

	/**
	 * A message that tells when it is written.
	 */
	private final class Numbered extends BytesMessage {

		private final int thread;

		private final int number;

		Numbered(int thread, int number) {
			super(LaneTests.this.other);
			this.thread = thread;
			this.number = number;
		}

		@Override
		public void writeTo(DataOutput out) throws IOException {
			LaneTests.this.written.add(this);
		}

		@Override
		public void writeToNoAddrs(Address src, DataOutput out) throws IOException {
			LaneTests.this.written.add(this);
		}

	}

}
