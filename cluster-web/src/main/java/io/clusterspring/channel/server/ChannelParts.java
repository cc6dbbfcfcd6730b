package io.clusterspring.channel.server;

import java.util.List;

import io.clusterspring.channel.ChannelCallInterceptor;
import io.clusterspring.channel.ChannelRoute;
import io.clusterspring.channel.SocketAuthorizer;
import io.clusterspring.expiry.UserExpiries;

/**
 * The beans that an application provides for its channels.
 *
 * @param routes the handlers, in any order
 * @param authorizers decide about sockets, in order
 * @param interceptors wrap the handlers, the outermost first
 * @param expiries say until when a user is authenticated
 */
public record ChannelParts(List<ChannelRoute> routes, List<SocketAuthorizer> authorizers,
		List<ChannelCallInterceptor> interceptors, UserExpiries expiries) {
}
