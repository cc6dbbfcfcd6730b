package io.clusterspring.channel;

import java.util.Map;

/**
 * The HTTP session of a client's request to connect: Phoenix's {@code connect_info} with
 * {@code :session}. It is a copy of the moment of the request; the socket may outlive the
 * session. {@link #toString} contains no secrets.
 *
 * @param id the id of the session
 * @param attributes the attributes of the session
 */
public record ClientHttpSession(String id, Map<String, Object> attributes) {

	public ClientHttpSession {
		attributes = Map.copyOf(attributes);
	}

	@Override
	public String toString() {
		return "HTTP session with " + this.attributes.keySet();
	}

}
