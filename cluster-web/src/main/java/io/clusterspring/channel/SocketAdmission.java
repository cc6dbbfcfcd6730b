package io.clusterspring.channel;

/**
 * The decision about a {@link SocketRequest}.
 */
public sealed interface SocketAdmission permits AcceptedSocket, SocketRefusal {

}
