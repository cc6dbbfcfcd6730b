package io.clusterspring.channel;

/**
 * What becomes of a {@link SocketRequest}.
 */
public sealed interface SocketAdmission permits AcceptedSocket, SocketRefusal {

}
