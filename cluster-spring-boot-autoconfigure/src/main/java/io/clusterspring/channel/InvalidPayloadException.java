package io.clusterspring.channel;

import java.util.Map;

/**
 * A handler cannot take the payload a client has sent. It is the client's mistake: it
 * gets an {@code error} reply that says so, and the channel goes on.
 */
public class InvalidPayloadException extends RuntimeException {

	private final transient Map<String, String> errors;

	/**
	 * Create the exception.
	 * @param errors what is wrong, by the name of the field; empty if the payload could
	 * not be read at all
	 * @param cause why
	 */
	public InvalidPayloadException(Map<String, String> errors, Throwable cause) {
		super("Invalid payload " + errors, cause);
		this.errors = errors;
	}

	/**
	 * Return what is wrong.
	 * @return messages by the name of the field
	 */
	public Map<String, String> errors() {
		return this.errors;
	}

	Reply toReply() {
		return this.errors.isEmpty() ? Reply.refuse("invalid payload")
				: Reply.error(Map.of("reason", "invalid payload", "errors", this.errors));
	}

}
