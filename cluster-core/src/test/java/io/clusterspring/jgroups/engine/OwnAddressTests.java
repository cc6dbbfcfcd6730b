package io.clusterspring.jgroups.engine;

import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.Node;
import io.clusterspring.Seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class OwnAddressTests {

	private final AtomicInteger tries = new AtomicInteger();

	@Test
	void nameThatIsNotKnownYetIsTriedAgain(CapturedOutput output) throws Exception {
		assertThat(own("n1@late", Duration.ofSeconds(60), 3).await().host())
			.isEqualTo(InetAddress.getLoopbackAddress());
		assertThat(this.tries).hasValue(3);
		assertThat(output.getAll()).containsOnlyOnce("n1@late does not know its own address yet");
	}

	@Test
	void nodeGivesUpInTheEnd() {
		assertThatExceptionOfType(UnknownHostException.class)
			.isThrownBy(() -> own("n1@never", Duration.ofMillis(400), Integer.MAX_VALUE).await())
			.withMessage("never");
		assertThat(this.tries).hasValueGreaterThan(1);
	}

	@Test
	void bootThatWaitsCanBeInterrupted() {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread booting = new Thread(() -> {
			try {
				own("n1@never", null, Integer.MAX_VALUE).await();
			}
			catch (Exception ex) {
				failure.complete(ex);
			}
		});
		booting.start();
		await().until(() -> booting.getState() == Thread.State.WAITING);
		booting.interrupt();
		assertThat(failure.orTimeout(30, TimeUnit.SECONDS).join()).isInstanceOf(InterruptedException.class);
	}

	@Test
	void addressOfOneLinkIsRefused() throws Exception {
		InetAddress link = InetAddress.getByName("fe80::1");
		OwnAddress own = new OwnAddress(ListenSettings.DEFAULT, new Node("n1", "fe80::1"),
				(settings, self) -> new ListenAddress(link, List.of(), 0));
		assertThatExceptionOfType(SocketException.class).isThrownBy(own::await).withMessageContaining("link-local");
	}

	@ParameterizedTest
	@CsvSource({ "n1, host1, , 127.0.1.1, true", "n1, host1, , 10.0.0.1, false", "n1, localhost, , 127.0.0.1, false",
			"n1, 127.0.0.1, , 127.0.0.1, false", "n1, ::1, , ::1, false",
			"n1, host1, 127.0.0.1:30001, 127.0.0.1, false", "n1, 10.0.0.1, host1, 127.0.1.1, true" })
	void hostThatThisMachineTakesForItselfIsWarnedOf(String name, String host, String advertised, String address,
			boolean warned) throws Exception {
		ListenSettings settings = new ListenSettings(null, (advertised != null) ? Seed.of(advertised) : null, null);
		String risk = new OwnAddress(settings, new Node(name, host))
			.risk(new ListenAddress(InetAddress.getByName(address), List.of(), 0));
		assertThat(risk != null).isEqualTo(warned);
	}

	private OwnAddress own(String node, Duration patience, int knownAfter) {
		ListenSettings settings = new ListenSettings(null, null, patience);
		return new OwnAddress(settings, Node.of(node), (given, self) -> {
			if (this.tries.incrementAndGet() < knownAfter) {
				throw new UnknownHostException(self.host());
			}
			return new ListenAddress(InetAddress.getLoopbackAddress(), List.of(), 0);
		});
	}

}
