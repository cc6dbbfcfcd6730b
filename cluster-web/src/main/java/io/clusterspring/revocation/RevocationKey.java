package io.clusterspring.revocation;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * Names sockets that are closed together.
 *
 * @param subject what the name is the name of
 * @param name the name; for an HTTP session it is the {@link SessionHash} of its id
 */
public record RevocationKey(Subject subject, String name) {

	/**
	 * Return the key of sockets with an id.
	 * @param id the id that a {@code SocketAuthorizer} gave to the sockets
	 * @return the key
	 */
	public static RevocationKey socketId(String id) {
		return new RevocationKey(Subject.SOCKET_ID, id);
	}

	/**
	 * Return the key of the sockets of a user, which may have none.
	 * @param user the user, or {@code null} for an anonymous client
	 * @return the key, or {@code null}
	 */
	public static @Nullable RevocationKey ofUser(@Nullable Principal user) {
		String name = (user != null) ? user.getName() : null;
		return (name != null) ? socketUser(name) : null;
	}

	/**
	 * Return the key of the sockets of a user.
	 * @param name the name of the user
	 * @return the key
	 */
	public static RevocationKey socketUser(String name) {
		return new RevocationKey(Subject.SOCKET_USER, name);
	}

	/**
	 * Return the key of the STOMP sessions of a user.
	 * @param name the name of the user
	 * @return the key
	 */
	public static RevocationKey stompUser(String name) {
		return new RevocationKey(Subject.STOMP_USER, name);
	}

	static RevocationKey session(String hash) {
		return new RevocationKey(Subject.SESSION, hash);
	}

	/**
	 * Check that the name can be sent to other nodes.
	 * @return this key
	 * @throws IllegalArgumentException if it is empty or not well-formed
	 */
	public RevocationKey requireSendable() {
		Assert.hasLength(this.name, () -> this.subject.label + " must not be empty");
		Utf8.requireWellFormed(this.subject.label, this.name);
		return this;
	}

	@Override
	public String toString() {
		return this.subject.label + " '" + LogText.of(this.name) + "'";
	}

	/**
	 * The kind of a key. The order is that of the wire.
	 */
	public enum Subject {

		/** The id of sockets. */
		SOCKET_ID("Socket id"),

		/** A user of channels. */
		SOCKET_USER("User of sockets"),

		/** A user of Spring's STOMP broker. */
		STOMP_USER("User of STOMP sessions"),

		/** An HTTP session. */
		SESSION("HTTP session");

		private final String label;

		Subject(String label) {
			this.label = label;
		}

	}

}
