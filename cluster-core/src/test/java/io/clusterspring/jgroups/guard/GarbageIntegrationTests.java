package io.clusterspring.jgroups.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jgroups.JChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.StackSamples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What strangers do to the port of a node changes nothing for the members.
 */
class GarbageIntegrationTests {

	private static final int PORT = 28410;

	private static final List<NodeAddress> LISTED = IntStream.range(0, 3)
		.mapToObj((i) -> NodeAddress.of("n" + (i + 1) + "@127.0.0.1:" + (PORT + i)))
		.toList();

	private final String cluster = "garbage-" + UUID.randomUUID();

	private final List<JGroupsTransport> transports = new ArrayList<>();

	private final List<RecordingListener> heard = new ArrayList<>();

	private final List<Socket> strangers = new ArrayList<>();

	private JChannel channel;

	@BeforeEach
	void connectTwo() {
		connect(0);
		connect(1);
		await().until(() -> this.heard.get(0).nodes().size() == 2);
	}

	@AfterEach
	void disconnect() throws IOException {
		this.transports.forEach(JGroupsTransport::disconnect);
		for (Socket stranger : this.strangers) {
			stranger.close();
		}
	}

	@Test
	void randomBytes() {
		byte[] garbage = new byte[1_000_000];
		Random random = new Random(42);
		for (int i = 0; i < 10; i++) {
			random.nextBytes(garbage);
			say(garbage);
			membersTalk("random " + i);
		}
		nothingHasHappened();
	}

	@Test
	void lengthsThatPromiseTwoGigabytes() {
		byte[] garbage = new byte[4096];
		for (int i = 0; i < garbage.length; i++) {
			garbage[i] = (byte) ((i % 4 == 0) ? 0x7f : 0xff);
		}
		say(garbage);
		membersTalk("lengths");
		nothingHasHappened();
	}

	@Test
	void httpRequestIsHungUpOn() throws IOException {
		Socket stranger = stranger();
		stranger.setSoTimeout(60_000);
		stranger.getOutputStream().write("GET / HTTP/1.1\r\nHost: n1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		endOf(stranger);
		membersTalk("http");
		nothingHasHappened();
	}

	@Test
	void nodeJoinsWhileFiveHundredConnectionsAreHalfOpen() throws IOException {
		for (int i = 0; i < 500; i++) {
			Socket stranger = stranger();
			if (i % 2 == 0) {
				stranger.getOutputStream().write("clus".getBytes(StandardCharsets.US_ASCII));
			}
		}
		membersTalk("half open");
		nothingHasHappened();
		connect(2);
		await().untilAsserted(() -> assertThat(this.heard).allSatisfy((one) -> assertThat(one.nodes()).hasSize(3)));
		for (Socket stranger : this.strangers) {
			stranger.setSoTimeout(60_000);
			endOf(stranger);
		}
		membersTalk("all timed out");
		assertThat(this.heard.get(0).views()).hasSize(3);
	}

	@Test
	void handshakeOfManySmallStepsTimesOutAsAWhole() throws Exception {
		Socket stranger = stranger();
		stranger.setSoTimeout(500);
		long start = System.nanoTime();
		await().pollInterval(Duration.ofMillis(200)).until(() -> isHungUp(stranger));
		assertThat(System.nanoTime() - start).isGreaterThan(ConnectionSecurity.TIMEOUT * 900_000L);
		nothingHasHappened();
	}

	@Test
	void diagnosticsAreOff() {
		assertThat(this.channel.getProtocolStack().getTransport().getDiagnosticsHandler().isEnabled()).isFalse();
		assertThat(this.channel.getProtocolStack().getTransport().getDiagnosticsHandler().isRunning()).isFalse();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void nodeListensOnOneTcpPortAndNoUdpPort() throws IOException {
		List<String> udp = udp();
		long before = listening();
		connect(2);
		assertThat(listening()).isEqualTo(before + 1);
		assertThat(udp).as("those of other tests in this process").containsAll(udp());
	}

	private void connect(int index) {
		RecordingListener listener = new RecordingListener();
		JGroupsTransport transport = StackSamples.transport(this.cluster, LISTED.get(index), LISTED,
				new PortRange(PORT, 3), List.of((created) -> this.channel = created));
		this.transports.add(transport);
		this.heard.add(listener);
		transport.connect(listener);
	}

	private void membersTalk(String what) {
		this.transports.get(0).send(("0 " + what).getBytes(StandardCharsets.UTF_8));
		this.transports.get(1).send(("1 " + what).getBytes(StandardCharsets.UTF_8));
		await().untilAsserted(() -> {
			assertThat(this.heard.get(0).frames()).contains("n2:1 " + what);
			assertThat(this.heard.get(1).frames()).contains("n1:0 " + what);
		});
	}

	private void nothingHasHappened() {
		assertThat(this.heard.get(0).views()).hasSize(2);
		assertThat(this.heard.get(1).views()).hasSize(1);
	}

	private Socket stranger() throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT);
		this.strangers.add(socket);
		return socket;
	}

	private void say(byte[] garbage) {
		try {
			Socket stranger = stranger();
			stranger.getOutputStream().write(garbage);
			endOf(stranger);
		}
		catch (IOException ex) {
			assertThat(ex).as("the node has hung up").isInstanceOf(SocketException.class);
		}
	}

	private static void endOf(Socket stranger) throws IOException {
		try {
			stranger.getInputStream().readAllBytes();
		}
		catch (SocketException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	private static boolean isHungUp(Socket stranger) {
		try {
			stranger.getOutputStream().write('c');
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static long listening() throws IOException {
		return Stream.concat(open("tcp").stream(), open("tcp6").stream())
			.filter((line) -> line.trim().split("\\s+")[3].equals("0A"))
			.count();
	}

	private static List<String> udp() throws IOException {
		return Stream.concat(open("udp").stream(), open("udp6").stream()).map(GarbageIntegrationTests::inode).toList();
	}

	private static String inode(String line) {
		return line.trim().split("\\s+")[9];
	}

	private static List<String> open(String table) throws IOException {
		Set<String> inodes = new HashSet<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
			for (Path file : files) {
				if (Files.isSymbolicLink(file)) {
					inodes.add(target(file).replaceAll("\\D", ""));
				}
			}
		}
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(Files.newInputStream(Path.of("/proc/self/net/" + table))))) {
			return lines.lines().skip(1).filter((line) -> inodes.contains(inode(line))).toList();
		}
	}

	private static String target(Path file) {
		try {
			String name = Files.readSymbolicLink(file).toString();
			return (name.startsWith("socket:")) ? name : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
