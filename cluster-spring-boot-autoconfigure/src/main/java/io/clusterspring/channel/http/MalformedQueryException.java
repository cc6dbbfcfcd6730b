package io.clusterspring.channel.http;

/**
 * The query of a request cannot be decoded. The client is told so with status 400.
 */
public class MalformedQueryException extends RuntimeException {

	MalformedQueryException() {
		super("The query of the request cannot be decoded", null, false, false);
	}

}
