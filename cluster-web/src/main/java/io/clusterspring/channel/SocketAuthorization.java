package io.clusterspring.channel;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.text.Utf8;

/**
 * The decision of a {@link SocketAuthorizer}. Immutable.
 */
public final class SocketAuthorization {

	private static final SocketAuthorization ACCEPTED = new SocketAuthorization(null, null, null, Map.of(), null);

	private static final SocketAuthorization REFUSED = new SocketAuthorization(SocketRefused.FORBIDDEN, null, null,
			Map.of(), null);

	private final @Nullable SocketRefused refused;

	private final @Nullable String id;

	private final @Nullable Principal user;

	private final Map<String, Object> attributes;

	private final @Nullable Instant until;

	private SocketAuthorization(@Nullable SocketRefused refused, @Nullable String id, @Nullable Principal user,
			Map<String, Object> attributes, @Nullable Instant until) {
		this.refused = refused;
		this.id = id;
		this.user = user;
		this.attributes = attributes;
		this.until = until;
	}

	/**
	 * Accept the client as the user of the HTTP request.
	 * @return the decision, to which an id, a user and attributes can be added
	 */
	public static SocketAuthorization accept() {
		return ACCEPTED;
	}

	/**
	 * Refuse the client: it gets status 403 without a body.
	 * @return the decision
	 */
	public static SocketAuthorization refuse() {
		return REFUSED;
	}

	/**
	 * Refuse the client with an HTTP status, such as 401. A browser does not tell a page
	 * the status of a refused WebSocket; other clients and proxies see it.
	 * @param status the status, from 400 to 599
	 * @return the decision, to which {@link #withRetryAfter} can be added
	 * @throws IllegalArgumentException if the status is no error
	 */
	public static SocketAuthorization refuse(int status) {
		return new SocketAuthorization(new SocketRefused(status, null), null, null, Map.of(), null);
	}

	/**
	 * Tell a refused client when it may try again, in the header {@code Retry-After}.
	 * @param time the time from now, in whole seconds, rounded up
	 * @return the decision with the time
	 * @throws IllegalStateException if the client is not refused
	 * @throws IllegalArgumentException if the time is negative
	 */
	public SocketAuthorization withRetryAfter(Duration time) {
		Assert.state(this.refused != null, "Only a client that is refused may try again");
		return new SocketAuthorization(new SocketRefused(this.refused.status(), time), this.id, this.user,
				this.attributes, this.until);
	}

	/**
	 * Give the socket an id. Several sockets may have the same id, such as all sockets of
	 * a user.
	 * @param id the id, such as {@code user_socket:42}
	 * @return the decision with the id
	 */
	public SocketAuthorization withId(String id) {
		Assert.hasLength(id, "Socket id must not be empty");
		Utf8.requireWellFormed("Socket id", id);
		return new SocketAuthorization(this.refused, id, this.user, this.attributes, this.until);
	}

	/**
	 * Set the user, instead of the user of the HTTP request.
	 * @param user the user
	 * @return the decision with the user
	 */
	public SocketAuthorization withUser(Principal user) {
		return new SocketAuthorization(this.refused, this.id, user, this.attributes, this.until);
	}

	/**
	 * Add an attribute. Every channel of the socket starts with it in its
	 * {@link Channel#attributes() attributes}.
	 * @param name the name
	 * @param value the value, which should be immutable
	 * @return the decision with the attribute
	 */
	public SocketAuthorization withAttribute(String name, Object value) {
		return and(new SocketAuthorization(null, null, null, Map.of(name, value), null));
	}

	/**
	 * Limit the time for which the client may be connected. Some time before
	 * ({@code cluster.channels.expiry-notice}) the client gets the event {@code expiring}
	 * on the topic {@code phoenix}, so that it can refresh its right. At that moment the
	 * socket is closed with code 3000. Of several moments, from this method, from other
	 * authorizers and from the user's own token, the earliest counts.
	 * @param moment the moment; a past one refuses the client
	 * @return the decision with the moment
	 */
	public SocketAuthorization until(Instant moment) {
		Assert.notNull(moment, "The moment at which a socket ends must not be null");
		return and(new SocketAuthorization(null, null, null, Map.of(), moment));
	}

	SocketAuthorization and(SocketAuthorization other) {
		Map<String, Object> all = new HashMap<>(this.attributes);
		all.putAll(other.attributes);
		return new SocketAuthorization((this.refused != null) ? this.refused : other.refused,
				(other.id != null) ? other.id : this.id, (other.user != null) ? other.user : this.user, Map.copyOf(all),
				UserExpiries.earliest(this.until, other.until));
	}

	@Nullable SocketRefused refused() {
		return this.refused;
	}

	@Nullable String id() {
		return this.id;
	}

	@Nullable Principal user() {
		return this.user;
	}

	Map<String, Object> attributes() {
		return this.attributes;
	}

	@Nullable Instant until() {
		return this.until;
	}

}
