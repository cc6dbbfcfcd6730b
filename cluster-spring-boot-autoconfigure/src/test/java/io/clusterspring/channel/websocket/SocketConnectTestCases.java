package io.clusterspring.channel.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.SocketAuthorization;
import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.channel.SocketRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the request that a {@link SocketAuthorizer} gets, and the response to its
 * decision, against a real server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SocketConnectTestCases {

	private static final Map<String, Hold> holds = new ConcurrentHashMap<>();

	private final Class<?> configuration;

	private ConfigurableApplicationContext context;

	private int port;

	SocketConnectTestCases(Class<?> configuration) {
		this.configuration = configuration;
	}

	@BeforeAll
	void start() {
		SpringApplication application = new SpringApplication(Application.class, this.configuration);
		this.context = application.run("--server.port=0", "--cluster.port=" + clusterPort(),
				"--cluster.name=" + getClass().getSimpleName(), "--server.servlet.context-path=/app",
				"--cluster.channels.paths=/socket, /admin/socket");
		this.port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	abstract int clusterPort();

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void authorizerSeesTheRequest() throws Exception {
		assertThat(seen("&name=J%C3%BCrgen+%26+co%2B", "X-Tenant: acme\r\n")).contains("\"path\":\"/socket\"",
				"\"transport\":\"websocket\"", "\"name\":\"Jürgen & co+\"", "\"tenant\":\"acme\"", "\"token\":\"none\"",
				"\"address\":\"127.0.0.1\"");
	}

	@Test
	void authTokenOfPhoenixJsIsReadAndItsSubprotocolIsChosen() throws Exception {
		String header = "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.czNjcmV0\r\n";
		assertThat(seen("&name=a", header)).contains("\"token\":\"s3cret\"");
		try (RawClient client = connect("&name=a", header)) {
			assertThat(client.response).containsIgnoringCase("sec-websocket-protocol: phoenix\r\n")
				.doesNotContain("czNjcmV0");
		}
	}

	@Test
	void authorizerSeesThePathOfTheSocket() throws Exception {
		try (RawClient client = new RawClient(this.port, "/app/admin/socket/websocket?vsn=2.0.0&name=a", 0)) {
			client.text("[\"1\",\"1\",\"seen\",\"phx_join\",{}]");
			assertThat(client.next()).contains("\"path\":\"/admin/socket\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nobody", "trouble" })
	void refusalAndFailureAre403WithoutBody(String name) throws Exception {
		try (RawClient client = connect("&name=" + name)) {
			assertThat(client.response).startsWith("HTTP/1.1 403").containsIgnoringCase("content-length: 0");
		}
	}

	@Test
	void authorizerChoosesTheStatusOfARefusal() throws Exception {
		try (RawClient client = connect("&name=unknown")) {
			assertThat(client.response).startsWith("HTTP/1.1 401")
				.containsIgnoringCase("content-length: 0")
				.doesNotContainIgnoringCase("retry-after");
		}
		try (RawClient client = connect("&name=busy")) {
			assertThat(client.response).startsWith("HTTP/1.1 429").containsIgnoringCase("retry-after: 3\r\n");
		}
	}

	@Test
	void authorizerChoosesTheStatusOfARefusedPoll() throws Exception {
		HttpResponse<String> unknown = get("/socket/longpoll?vsn=2.0.0&name=unknown");
		assertThat(unknown.statusCode()).isEqualTo(401);
		assertThat(unknown.body()).as("what phoenix.js understands").isEqualTo("{\"status\":403}");
		HttpResponse<String> busy = get("/socket/longpoll?vsn=2.0.0&name=busy");
		assertThat(busy.statusCode()).isEqualTo(429);
		assertThat(busy.headers().firstValue("retry-after")).hasValue("3");
		HttpResponse<String> broken = get("/socket/longpoll?vsn=2.0.0&name=broken");
		assertThat(broken.statusCode()).isEqualTo(503);
		assertThat(broken.body()).isEqualTo("{\"status\":500}");
		HttpResponse<String> nobody = get("/socket/longpoll?vsn=2.0.0&name=nobody");
		assertThat(nobody.statusCode()).as("as in Phoenix").isEqualTo(200);
		assertThat(nobody.body()).isEqualTo("{\"status\":403}");
	}

	@Test
	void authorizerSeesTheHttpSessionAndNoneIsCreated() throws Exception {
		assertThat(seen("&name=a")).contains("\"session\":\"none\"");
		HttpResponse<String> anonymous = get("/socket/longpoll?vsn=2.0.0&name=a");
		assertThat(anonymous.body()).contains("\"status\":410");
		assertThat(anonymous.headers().firstValue("set-cookie")).isEmpty();
		String cookie = get("/login").headers().firstValue("set-cookie").orElseThrow().split(";")[0];
		assertThat(seen("&name=a", "Cookie: " + cookie + "\r\n")).contains("\"session\":\"cart 7\"");
	}

	private HttpResponse<String> get(String path) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + this.port + "/app" + path);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	@Test
	void disconnectedSocketsAreClosedWith1001() throws Exception {
		try (RawClient client = connect("&name=kick"); RawClient other = connect("&name=other")) {
			client.text("[\"1\",\"1\",\"seen\",\"phx_join\",{}]");
			assertThat(client.next()).contains("\"status\":\"ok\"");
			this.context.getBean(Channels.class).disconnect("name:kick");
			assertThat(client.next()).isEqualTo("close 1001");
			other.text("[null,\"1\",\"phoenix\",\"heartbeat\",{}]");
			assertThat(other.next()).contains("phx_reply");
		}
	}

	@Test
	void socketDisconnectedDuringItsHandshakeIsClosed() throws Exception {
		Channels channels = this.context.getBean(Channels.class);
		AtomicBoolean done = new AtomicBoolean();
		Thread kicking = new Thread(() -> {
			while (!done.get()) {
				channels.disconnect("name:quick");
				Thread.yield();
			}
		});
		kicking.start();
		try {
			for (int i = 0; i < 20; i++) {
				try (RawClient client = connect("&name=quick")) {
					assertThat(client.closeCode()).isEqualTo(1001);
				}
			}
		}
		finally {
			done.set(true);
			kicking.join();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "filter", "authorizer" })
	void socketDisconnectedAfterItsRequestHasArrivedIsClosed(String where) throws Exception {
		Hold hold = new Hold(new CountDownLatch(1), new CountDownLatch(1));
		holds.put(where, hold);
		CompletableFuture<RawClient> connecting = CompletableFuture.supplyAsync(() -> {
			try {
				return connect("&name=" + where);
			}
			catch (Exception ex) {
				throw new CompletionException(ex);
			}
		});
		assertThat(hold.entered.await(20, TimeUnit.SECONDS)).isTrue();
		this.context.getBean(Channels.class).disconnect("name:" + where);
		hold.released.countDown();
		try (RawClient client = connecting.join()) {
			assertThat(client.closeCode()).isEqualTo(1001);
		}
		holds.clear();
		try (RawClient later = connect("&name=" + where)) {
			later.text("[null,\"1\",\"phoenix\",\"heartbeat\",{}]");
			assertThat(later.next()).contains("phx_reply");
		}
	}

	@Test
	void authorizerIsNotCalledForARequestThatIsNotAHandshake() throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + this.port + "/app/socket/websocket?vsn=2.0.0&name=trouble");
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(400);
	}

	private String seen(String parameters, String... headers) throws Exception {
		try (RawClient client = connect(parameters, headers)) {
			assertThat(client.response).startsWith("HTTP/1.1 101");
			client.text("[\"1\",\"1\",\"seen\",\"phx_join\",{}]");
			return client.next();
		}
	}

	private RawClient connect(String parameters, String... headers) throws Exception {
		return new RawClient(this.port, "/app/socket/websocket?vsn=2.0.0" + parameters, 0, headers);
	}

	private static void waitIn(String where) {
		Hold hold = holds.get(where);
		if (hold != null) {
			hold.entered.countDown();
			try {
				hold.released.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Seen.class, Login.class })
	static class Application {

		@Bean
		SocketAuthorizer authorizer() {
			return (request) -> switch (String.valueOf(request.parameter("name"))) {
				case "nobody" -> SocketAuthorization.refuse();
				case "unknown" -> SocketAuthorization.refuse(401);
				case "busy" -> SocketAuthorization.refuse(429).withRetryAfter(Duration.ofMillis(2001));
				case "broken" -> SocketAuthorization.refuse(503);
				case "trouble" -> throw new IllegalStateException("cannot decide");
				case "authorizer" -> {
					waitIn("authorizer");
					yield SocketAuthorization.accept().withId("name:authorizer");
				}
				default -> SocketAuthorization.accept()
					.withId("name:" + request.parameter("name"))
					.withAttribute("seen", describe(request));
			};
		}

		/**
		 * A filter that authenticates, for example.
		 */
		@Bean
		Filter slowFilter() {
			return (request, response, chain) -> {
				if ("filter".equals(request.getParameter("name"))) {
					waitIn("filter");
				}
				chain.doFilter(request, response);
			};
		}

		private static Map<String, String> describe(SocketRequest request) {
			return Map.of("path", request.path(), "transport", request.transport(), "name", request.parameter("name"),
					"tenant", String.valueOf(request.header("x-tenant")), "token",
					(request.authToken() != null) ? request.authToken() : "none", "address",
					request.remoteAddress().getAddress().getHostAddress(), "session",
					(request.session() == null) ? "none" : "cart " + request.session().attributes().get("cart"));
		}

	}

	@RestController
	static class Login {

		@GetMapping("/login")
		String login(HttpSession session) {
			session.setAttribute("cart", 7);
			return "in";
		}

	}

	/**
	 * Keeps a handshake waiting.
	 */
	private record Hold(CountDownLatch entered, CountDownLatch released) {
	}

	@ChannelController("seen")
	static class Seen {

		@OnJoin
		Object join(Channel channel) {
			return channel.attributes().get("seen");
		}

	}

}
