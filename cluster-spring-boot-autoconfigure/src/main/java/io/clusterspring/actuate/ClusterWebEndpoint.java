package io.clusterspring.actuate;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The actuator endpoint {@code cluster} over HTTP. It adds the sections, which show all
 * nodes a page at a time. It returns the reason why a change is not possible; error pages
 * omit it by default.
 */
@EndpointWebExtension(endpoint = ClusterEndpoint.class)
record ClusterWebEndpoint(ClusterEndpoint endpoint, ClusterSections sections) {

	private static final List<String> FILTERS = List.of("prefix", "topic", "id", "user", "address", "since", "session",
			"destination", "application");

	/**
	 * Show a page of a section. The parameters after {@code timeout} choose items; each
	 * section has some of them.
	 * @param section the name of the section
	 * @param limit how many items, from 1 to 1,000; 100 if not given
	 * @param after the {@code next} of the page before
	 * @param node the only node to ask
	 * @param timeout how long to wait for nodes; 2 s if not given
	 * @return the page, or status 400, 404 or 429 with the reason
	 */
	@ReadOperation
	WebEndpointResponse<Map<String, @Nullable Object>> section(@Selector String section, @Nullable String limit,
			@Nullable String after, @Nullable String node, @Nullable String timeout, @Nullable String prefix,
			@Nullable String topic, @Nullable String id, @Nullable String user, @Nullable String address,
			@Nullable String since, @Nullable String session, @Nullable String destination,
			@Nullable String application) {
		return this.sections.read(section, new ClusterSections.Paging(limit, after, node, timeout), ClusterSections
			.filters(FILTERS, prefix, topic, id, user, address, since, session, destination, application));
	}

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
