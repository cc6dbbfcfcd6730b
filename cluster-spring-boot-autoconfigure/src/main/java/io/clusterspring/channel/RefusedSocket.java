package io.clusterspring.channel;

/**
 * A client that may not connect.
 *
 * @param status the HTTP status to tell it with, without a body
 */
public record RefusedSocket(int status) implements SocketAdmission {

	static final RefusedSocket FORBIDDEN = new RefusedSocket(403);

}
