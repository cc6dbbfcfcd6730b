package io.clusterspring.channel.websocket;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.server.ChannelStatistics;
import io.clusterspring.channel.socket.SocketRefusal;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for allowed origins, with and without a proxy.
 */
@ExtendWith(OutputCaptureExtension.class)
class OriginIntegrationTests {

	private static final String TRAEFIK = "X-Forwarded-Proto: wss\r\nX-Forwarded-Host: chat.example\r\n";

	private static final String PROXY = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: chat.example\r\n";

	private ConfigurableApplicationContext context;

	private int port;

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void onlyPagesOfTheServerAndProgramsMayConnect() throws Exception {
		start();
		String own = "http://127.0.0.1:" + this.port;
		assertThat(status()).as("a program has no origin").isEqualTo(101);
		assertThat(status(origin(own))).isEqualTo(101);
		for (String foreign : List.of("null", "", "*", "https://127.0.0.1:" + this.port, "http://127.0.0.1",
				"http://127.0.0.1:" + (this.port + 1), "http://localhost:" + this.port, own + ".evil.example",
				own + "@evil.example", "http://evil.example/" + own, "https://evil.example")) {
			assertThat(status(origin(foreign))).as(foreign).isEqualTo(403);
		}
	}

	@Test
	void forwardedHeadersAreIgnoredByDefault() throws Exception {
		start();
		assertThat(status(origin("https://chat.example"), PROXY)).isEqualTo(403);
		assertThat(status(origin("http://127.0.0.1:" + this.port), PROXY)).isEqualTo(101);
	}

	@ParameterizedTest
	@ValueSource(strings = { "native", "framework" })
	void pagesOfTheProxyAddressAreAllowed(String strategy) throws Exception {
		start("--server.forward-headers-strategy=" + strategy);
		assertThat(status(origin("https://chat.example"), PROXY)).isEqualTo(101);
		assertThat(status(origin("http://chat.example"), PROXY)).isEqualTo(403);
		assertThat(status(origin("https://chat.example:8443"), PROXY)).isEqualTo(403);
		assertThat(status(origin("http://127.0.0.1:" + this.port), PROXY)).isEqualTo(403);
	}

	@Test
	void pagesOfTheProxyAddressAreAllowedIfTheProxyForwardsTheWebSocketScheme() throws Exception {
		start("--server.forward-headers-strategy=framework");
		assertThat(status(origin("https://chat.example"), TRAEFIK)).isEqualTo(101);
		assertThat(poll(origin("https://chat.example"), TRAEFIK)).isEqualTo(200);
		for (String foreign : List.of("http://chat.example", "https://chat.example:8443", "https://evil.example")) {
			assertThat(status(origin(foreign), TRAEFIK)).as(foreign).isEqualTo(403);
			assertThat(poll(origin(foreign), TRAEFIK)).as(foreign).isEqualTo(403);
		}
	}

	@Test
	void listedOriginsMayConnectToo() throws Exception {
		start("--cluster.channels.allowed-origins=https://app.example, http://localhost:3000");
		for (String allowed : List.of("https://app.example", "http://localhost:3000",
				"http://127.0.0.1:" + this.port)) {
			assertThat(status(origin(allowed))).as(allowed).isEqualTo(101);
		}
		for (String foreign : List.of("null", "http://app.example", "https://app.example:8443",
				"https://www.app.example", "https://app.example.evil.example", "http://localhost:3001")) {
			assertThat(status(origin(foreign))).as(foreign).isEqualTo(403);
		}
	}

	@Test
	void listedOriginsMayBePatternsOfSpring() throws Exception {
		start("--cluster.channels.allowed-origins[0]=https://*.example.com",
				"--cluster.channels.allowed-origins[1]=http://localhost:[*]",
				"--cluster.channels.allowed-origins[2]=https://app.example:[8080,8443]");
		for (String allowed : List.of("https://a.example.com", "https://a.b.example.com", "http://localhost:3000",
				"http://localhost", "https://app.example:8080", "https://app.example:8443")) {
			assertThat(status(origin(allowed))).as(allowed).isEqualTo(101);
			assertThat(poll(origin(allowed))).as(allowed).isEqualTo(200);
		}
		for (String foreign : List.of("https://example.com", "http://a.example.com",
				"https://a.example.com.evil.example", "https://aexample.com", "https://localhost:3000",
				"https://app.example:8081", "https://app.example", "null")) {
			assertThat(status(origin(foreign))).as(foreign).isEqualTo(403);
			assertThat(poll(origin(foreign))).as(foreign).isEqualTo(403);
		}
	}

	@Test
	void refusedOriginIsCountedAndLoggedOnceWithTheProperty(CapturedOutput output) throws Exception {
		start();
		for (int i = 0; i < 3; i++) {
			assertThat(status(origin("https://app.example"))).isEqualTo(403);
			assertThat(poll(origin("https://app.example"))).isEqualTo(403);
		}
		ChannelStatistics statistics = this.context.getBean(ChannelServer.class).statistics();
		assertThat(statistics.refusedSockets(SocketRefusal.ORIGIN)).isEqualTo(6);
		assertThat(output).containsOnlyOnce("Refused a page of origin 'https://app.example'")
			.contains("cluster.channels.allowed-origins", "server.forward-headers-strategy");
		for (int i = 0; i < 200; i++) {
			assertThat(status(origin("https://" + i + ".example"))).isEqualTo(403);
		}
		assertThat(statistics.refusedSockets(SocketRefusal.ORIGIN)).isEqualTo(206);
		assertThat(output.getAll().split("Refused a page of origin", -1)).hasSize(101);
	}

	@Test
	void queryThatCannotBeDecodedIsMalformed(CapturedOutput output) throws Exception {
		start();
		for (String query : List.of("vsn=2.0.0&a=%zz", "vsn=2.0.0&a=%", "%ff=1", "a=%ed%a0%80")) {
			assertThat(get("/socket/websocket?" + query)).as(query).isEqualTo(400);
		}
		ChannelStatistics statistics = this.context.getBean(ChannelServer.class).statistics();
		assertThat(statistics.refusedSockets(SocketRefusal.MALFORMED)).isEqualTo(4);
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void extraSlashIsAcceptedAsInPhoenix() throws Exception {
		start();
		assertThat(get("/socket//websocket?vsn=2.0.0")).isEqualTo(101);
		assertThat(get("/socket//longpoll?vsn=2.0.0")).isEqualTo(200);
	}

	@Test
	void starAllowsAllOrigins() throws Exception {
		start("--cluster.channels.allowed-origins=*");
		assertThat(status(origin("https://evil.example"))).isEqualTo(101);
		assertThat(status(origin("null"))).isEqualTo(101);
	}

	private void start(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--server.port=0");
		this.context = new SpringApplication(Application.class).run(all.toArray(String[]::new));
		this.port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	private static String origin(String origin) {
		return "Origin: " + origin + "\r\n";
	}

	private int status(String... headers) throws Exception {
		return get("/socket/websocket?vsn=2.0.0", headers);
	}

	private int poll(String... headers) throws Exception {
		return get("/socket/longpoll?vsn=2.0.0", headers);
	}

	private int get(String path, String... headers) throws Exception {
		try (RawClient client = new RawClient(this.port, path, 0, headers)) {
			return Integer.parseInt(client.response.substring(9, 12));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TomcatServletWebServerFactory webServerFactory() {
			return new TomcatServletWebServerFactory();
		}

		@Bean
		LocalNetwork network() {
			return new LocalNetwork("origins");
		}

		@Bean
		ClusterTransport transport(LocalNetwork network) {
			return network.transport(Node.of("n1@127.0.0.1"));
		}

	}

}
