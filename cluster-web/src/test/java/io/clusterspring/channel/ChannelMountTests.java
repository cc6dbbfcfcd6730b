package io.clusterspring.channel;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.limit.ClientLimits;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.channel.socket.SocketRefusal;
import io.clusterspring.expiry.UserExpiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for several sockets on one server.
 */
class ChannelMountTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Set<String> PATHS = Set.of("/socket", "/admin/socket");

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes(
			SocketAuthorizer.at("/admin/socket", (request) -> "s3cret".equals(request.parameter("token"))
					? SocketAuthorization.accept() : SocketAuthorization.refuse()));

	@BeforeEach
	void start() {
		this.nodes.start(N1, 10, List.of(new Rooms(), new AdminRooms(), new Everywhere()));
	}

	@Test
	void sameTopicHasAHandlerForEachSocketAndOneAudience() {
		Client user = connect("/socket");
		Client admin = connect("/admin/socket");
		user.join("room:1");
		user.getsReply("room:1", "1", "ok", "\"user\"");
		admin.join("room:1");
		admin.getsReply("room:1", "1", "ok", "\"admin\"");
		this.nodes.server(N1).broadcast("room:1", "news", Map.of());
		user.gets(null, null, "room:1", "news", "{}");
		admin.gets(null, null, "room:1", "news", "{}");
	}

	@Test
	void controllerWithoutASocketIsForAllOfThem() {
		connect("/socket").joined("everywhere");
		connect("/admin/socket").joined("everywhere");
	}

	@Test
	void authorizerOfOneSocketIsNotAskedAboutOthers() {
		assertThat(this.nodes.server(N1).connect(request("/admin/socket", "wrong")))
			.isEqualTo(SocketRefusal.UNAUTHORIZED);
		assertThat(this.nodes.server(N1).connect(request("/socket", "wrong"))).isInstanceOf(AcceptedSocket.class);
	}

	@Test
	void nobodyConnectsWhereNoSocketIs() {
		assertThat(this.nodes.server(N1).connect(request("/other", "s3cret"))).isEqualTo(SocketRefusal.VERSION);
	}

	@Test
	void handlerForASocketThatDoesNotExistIsRefused() {
		ChannelRoute route = route("room:*").onSockets("/amdin/socket");
		assertThatIllegalStateException()
			.isThrownBy(() -> ChannelRoutes.byPath(Set.of("/socket"), List.of(route), List.of()))
			.withMessage("Channel handler " + route.handler() + " for 'room:*' is for the socket '/amdin/socket', "
					+ "but cluster.channels.paths is [/socket]");
	}

	@Test
	void authorizerForASocketThatDoesNotExistIsRefused() {
		SocketAuthorizer lost = SocketAuthorizer.at("/amdin/socket", (request) -> SocketAuthorization.refuse());
		assertThatIllegalStateException()
			.isThrownBy(() -> new SocketAuthorizers(Set.of("/socket"), List.of(lost), UserExpiries.NONE))
			.withMessageContaining("/amdin/socket")
			.withMessageEndingWith("is for a socket that does not exist: cluster.channels.paths is [/socket]");
	}

	@Test
	void twoHandlersForTheSameTopicsOfOneSocketAreRefused() {
		ChannelRoute one = route("room:{a}").onSockets("/socket");
		ChannelRoute other = route("room:{b}").onSockets("/admin/socket");
		ChannelRoute all = route("room:*");
		assertThat(ChannelRoutes.byPath(PATHS, List.of(one, other), List.of()).get("/socket")).isNotNull();
		assertThatIllegalStateException().isThrownBy(() -> ChannelRoutes.byPath(PATHS, List.of(one, all), List.of()))
			.withMessageStartingWith("Two channel handlers have patterns for the same topics");
	}

	@ParameterizedTest
	@ValueSource(strings = { "socket", "/socket/", "/", "", "/socket/*", "/{tenant}/socket" })
	void socketsAreMountedAtPlainPaths(String path) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ChannelSettings(Set.of(path), 1, new ClientLimits(1, 1, 1, 0, 0, 0)))
			.withMessageContaining("'" + path + "' is not a path of a socket");
	}

	@Test
	void thereHasToBeASocket() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ChannelSettings(Set.of(), 1, new ClientLimits(1, 1, 1, 0, 0, 0)));
	}

	private ChannelRoute route(String pattern) {
		return ChannelRoute.of(pattern, new SilentHandler());
	}

	private Client connect(String path) {
		return this.nodes.open(N1, request(path, "s3cret"));
	}

	private static SocketRequest request(String path, String token) {
		return new SocketRequest(path, "memory", Map.of("vsn", List.of("2.0.0"), "token", List.of(token)), Map.of(),
				null, null, null);
	}

	@ChannelController(value = "room:{room}", socket = "/socket")
	static class Rooms {

		@OnJoin
		String join() {
			return "user";
		}

	}

	@ChannelController(value = "room:{id}", socket = "/admin/socket")
	static class AdminRooms {

		@OnJoin
		String join() {
			return "admin";
		}

	}

	@ChannelController("everywhere")
	static class Everywhere {

	}

}
