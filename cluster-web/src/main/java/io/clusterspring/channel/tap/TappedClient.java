package io.clusterspring.channel.tap;

import org.jspecify.annotations.Nullable;

/**
 * A client whose messages taps may follow.
 *
 * @param connection the id of its connection
 * @param socket the id that the application has given to its socket
 * @param user its user
 */
public record TappedClient(String connection, @Nullable String socket, @Nullable String user) {
}
