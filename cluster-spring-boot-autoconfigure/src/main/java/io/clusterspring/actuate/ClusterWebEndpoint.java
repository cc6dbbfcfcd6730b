package io.clusterspring.actuate;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The actuator endpoint {@code cluster} over HTTP. It returns the reason why a change is
 * not possible; error pages omit it by default.
 */
@EndpointWebExtension(endpoint = ClusterEndpoint.class)
record ClusterWebEndpoint(ClusterEndpoint endpoint) {

	/**
	 * Move a distributed application, or permit or forbid it on a node.
	 * @param application its name
	 * @return nothing, or status 400 with the reason if the change is not possible
	 */
	@WriteOperation(produces = ClusterEndpoint.PRODUCED)
	WebEndpointResponse<Map<String, String>> change(@Selector String application,
			@Selector ClusterEndpoint.Change change, String node) {
		try {
			this.endpoint.change(application, change, node);
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
		}
		catch (InvalidEndpointRequestException ex) {
			return new WebEndpointResponse<>(Map.of("reason", String.valueOf(ex.getReason())),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

}
