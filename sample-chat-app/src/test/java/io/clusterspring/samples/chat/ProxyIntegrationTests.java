package io.clusterspring.samples.chat;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Tests the examples of {@code docs/proxy.md} with two nodes, and clients over WebSocket,
 * long polling and STOMP: of pages of the proxy's origin, silent for longer than the
 * proxy's time-outs, and while a node leaves.
 */
class ProxyIntegrationTests {

	// what the examples assume, in proportion to their time-outs
	private static final String[] NODE = { "--cluster.channels.long-poll.poll-timeout=2s",
			"--cluster.stomp.heartbeat=2s", "--cluster.channels.drain.batch-size=1",
			"--cluster.channels.drain.interval=500ms" };

	@AutoClose
	private final ChatCluster cluster = new ChatCluster("proxy");

	@Test
	void nginx() throws Exception {
		check(ProxyProcess::nginx);
	}

	@Test
	void haproxy() throws Exception {
		check(ProxyProcess::haproxy);
	}

	@Test
	void gateway() throws Exception {
		check(GatewayProcess::start, "gateway");
	}

	private void check(Launcher launcher, String... answers) throws Exception {
		ChatNode n1 = this.cluster.start(ChatCluster.N1, NODE);
		ChatNode n2 = this.cluster.start(ChatCluster.N2, NODE);
		this.cluster.awaitWhole();
		try (ProxyProcess proxy = launcher.launch(this.cluster.ports().nextHttp(), n1, n2)) {
			NodeScript.run("proxied",
					Stream.concat(Stream.of(proxy.url(), n1.url(), Long.toString(n1.pid())), Stream.of(answers))
						.toArray(String[]::new));
		}
	}

	/**
	 * Starts a proxy in front of two nodes.
	 */
	interface Launcher {

		ProxyProcess launch(int port, ChatNode n1, ChatNode n2) throws IOException;

	}

}
