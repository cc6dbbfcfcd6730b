package io.clusterspring.channel.http;

/**
 * Thrown when the query of a request cannot be decoded. The client gets status 400.
 */
public class MalformedQueryException extends RuntimeException {

	MalformedQueryException() {
		super("The query of the request cannot be decoded", null, false, false);
	}

}
