package io.clusterspring.channel;

import java.util.Map;

/**
 * Thrown when the payload of a client cannot be converted or is not valid. It is the
 * client's mistake: the client gets an {@code error} reply, and the channel stays open.
 */
public class InvalidPayloadException extends RuntimeException {

	private final transient Map<String, String> errors;

	/**
	 * Create the exception.
	 * @param errors the error messages by the name of the field; empty if the payload
	 * could not be converted at all
	 * @param cause the cause
	 */
	public InvalidPayloadException(Map<String, String> errors, Throwable cause) {
		super("Invalid payload " + errors, cause);
		this.errors = errors;
	}

	/**
	 * Return the errors.
	 * @return the error messages by the name of the field
	 */
	public Map<String, String> errors() {
		return this.errors;
	}

}
