package io.clusterspring.channel.socket;

import io.clusterspring.channel.SocketRequest;

/**
 * The decision about a {@link SocketRequest}.
 */
public sealed interface SocketAdmission permits AcceptedSocket, RefusedSocket {

}
