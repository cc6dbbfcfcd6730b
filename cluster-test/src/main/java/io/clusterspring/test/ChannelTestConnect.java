package io.clusterspring.test;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

import io.clusterspring.channel.ClientHttpSession;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.RefusedSocket;
import io.clusterspring.channel.socket.SocketAdmission;
import io.clusterspring.pubsub.PayloadCodec;

/**
 * Builds the connection of a {@link ChannelTestClient}.
 */
public final class ChannelTestConnect {

	private final ChannelServer server;

	private final PayloadCodec codec;

	private final Map<String, List<String>> parameters = new LinkedHashMap<>();

	private final Map<String, List<String>> headers = new LinkedHashMap<>();

	private final Map<String, Object> session = new LinkedHashMap<>();

	private String path;

	private @Nullable Principal user;

	private @Nullable String authToken;

	ChannelTestConnect(ApplicationContext context) {
		this.server = context.getBean(ChannelServer.class);
		this.codec = context.getBean(PayloadCodec.class);
		this.path = this.server.paths().iterator().next();
		parameter("vsn", "2.0.0");
	}

	/**
	 * Choose one of several sockets.
	 * @param path the path of the socket
	 * @return this
	 */
	public ChannelTestConnect path(String path) {
		this.path = path;
		return this;
	}

	/**
	 * Add a query parameter, one of the {@code params} of phoenix.js.
	 * @param name the name
	 * @param value the value
	 * @return this
	 */
	public ChannelTestConnect parameter(String name, String value) {
		this.parameters.put(name, List.of(value));
		return this;
	}

	/**
	 * Add a header of the HTTP request.
	 * @param name the name
	 * @param value the value
	 * @return this
	 */
	public ChannelTestConnect header(String name, String value) {
		this.headers.put(name, List.of(value));
		return this;
	}

	/**
	 * Set the authenticated user of the HTTP request.
	 * @param user the user; an {@code Authentication} if the application uses Spring
	 * Security
	 * @return this
	 */
	public ChannelTestConnect user(Principal user) {
		this.user = user;
		return this;
	}

	/**
	 * Add an attribute to the HTTP session of the request. Without such a call the
	 * request has no session.
	 * @param name the name
	 * @param value the value
	 * @return this
	 */
	public ChannelTestConnect sessionAttribute(String name, Object value) {
		this.session.put(name, value);
		return this;
	}

	/**
	 * Send the {@code authToken} of phoenix.js.
	 * @param authToken the token
	 * @return this
	 */
	public ChannelTestConnect authToken(String authToken) {
		this.authToken = authToken;
		return this;
	}

	/**
	 * Connect.
	 * @return the connected client
	 * @throws AssertionError if the application refuses
	 */
	public ChannelTestClient connect() {
		SocketAdmission admission = admission();
		if (admission instanceof AcceptedSocket accepted) {
			return new ChannelTestClient(new TestSocket(accepted, this.codec));
		}
		throw new AssertionError("Expected to connect to " + this.path + ", but got " + describe(admission));
	}

	/**
	 * Connect, and expect that the application refuses it.
	 * @param status the HTTP status, such as 403
	 * @throws AssertionError if the application accepts, or refuses with another status
	 */
	public void expectRefused(int status) {
		SocketAdmission admission = admission();
		if (!(admission instanceof RefusedSocket refused && refused.status() == status)) {
			throw new AssertionError(
					"Expected to be refused with " + status + " at " + this.path + ", but got " + describe(admission));
		}
	}

	private static String describe(SocketAdmission admission) {
		return (admission instanceof RefusedSocket refused) ? "refused with " + refused.status() : "accepted";
	}

	private SocketAdmission admission() {
		return this.server
			.connect(new SocketRequest(this.path, "websocket", this.parameters, this.headers, this.user, this.authToken,
					null, this.session.isEmpty() ? null : new ClientHttpSession("test-session", this.session)));
	}

}
