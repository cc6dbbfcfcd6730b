package io.clusterspring.actuate;

import java.security.Principal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The actuator endpoint {@code cluster} over HTTP. It adds the sections, which show all
 * nodes a page at a time. It returns the reason why an action is not possible; error
 * pages omit it by default.
 */
@EndpointWebExtension(endpoint = ClusterEndpoint.class)
record ClusterWebEndpoint(ClusterSections sections, ClusterActions actions) {

	private static final List<String> FILTERS = List.of("prefix", "topic", "id", "user", "address", "since", "session",
			"destination", "application", "tap");

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
			@Nullable String application, @Nullable String tap) {
		return this.sections.read(section, new ClusterSections.Paging(limit, after, node, timeout), ClusterSections
			.filters(FILTERS, prefix, topic, id, user, address, since, session, destination, application, tap));
	}

	/**
	 * Act. The parameters are those of all actions, each of which has some of them.
	 * @param section the first part of the name of the action
	 * @param action the second part
	 * @return what was done, or status 400, 404 or 429 with the reason
	 */
	@WriteOperation(produces = ClusterEndpoint.PRODUCED)
	WebEndpointResponse<Map<String, @Nullable Object>> action(SecurityContext operator, @Selector String section,
			@Selector String action, @Nullable String id, @Nullable String user, @Nullable String session,
			@Nullable String topic, @Nullable String event, @Nullable String payload, @Nullable String application,
			@Nullable String node, @Nullable String socket, @Nullable String seconds, @Nullable String payloads,
			@Nullable String tap) {
		Principal principal = operator.getPrincipal();
		return this.actions.act(section + "/" + action,
				ClusterSections.filters(ClusterActions.PARAMETERS, id, user, session, topic, event, payload,
						application, node, socket, seconds, payloads, tap),
				(principal != null) ? principal.getName() : null);
	}

}
