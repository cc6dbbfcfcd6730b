package io.clusterspring.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.SyncNodes.SyncReport;
import io.clusterspring.TransportDetails;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.history.HistorySource;
import io.clusterspring.history.HistoryStatistics;
import io.clusterspring.interest.Interests;

/**
 * The actuator endpoint {@code cluster}. It shows the nodes with addresses and round-trip
 * times, the wait at boot, and where distributed applications run. It can also move these
 * and act on clients, if {@code management.endpoint.cluster.access} allows it.
 */
@Endpoint(id = "cluster", defaultAccess = Access.READ_ONLY)
final class ClusterEndpoint {

	/**
	 * The media type of actions. {@link ClusterWebEndpoint} replaces the operation,
	 * because an extension replaces an operation with the same media type.
	 */
	static final String PRODUCED = "application/json";

	private final ManagedCluster cluster;

	private final ClusterTransport transport;

	private final @Nullable DistributedApplications applications;

	private final @Nullable Interests interests;

	private final @Nullable HistorySource history;

	private final ClusterActions actions;

	ClusterEndpoint(ManagedCluster cluster, ClusterTransport transport, @Nullable DistributedApplications applications,
			@Nullable Interests interests, @Nullable HistorySource history, ClusterActions actions) {
		this.cluster = cluster;
		this.transport = transport;
		this.applications = applications;
		this.interests = interests;
		this.history = history;
		this.actions = actions;
	}

	// waits for the slowest node to answer, a second at most
	@ReadOperation
	ClusterDescription cluster() {
		ClusterView view = this.cluster.view();
		TransportDetails details = this.transport.details();
		Map<Node, CompletableFuture<Duration>> trips = new LinkedHashMap<>();
		view.nodes()
			.stream()
			.filter((node) -> !node.equals(this.cluster.self()))
			.forEach((node) -> trips.put(node, this.transport.roundTrip(node)));
		Map<Node, Integer> topics = topicsByNode();
		List<NodeDescription> nodes = new ArrayList<>();
		for (Node node : view.nodes()) {
			nodes.add(new NodeDescription(node.toString(), details.addresses().get(node), microseconds(trips.get(node)),
					topics.get(node)));
		}
		return new ClusterDescription(this.cluster.name(), this.cluster.self().toString(), details.engine(), view.id(),
				view.coordinator().toString(), nodes, BootDescription.of(this.cluster.syncReport()), applications(),
				this.cluster.isEvicted(), unreached(), refused(), history());
	}

	private @Nullable HistoryDescription history() {
		HistorySource present = this.history;
		if (present == null || !present.isUsed()) {
			return null;
		}
		HistoryStatistics kept = present.statistics();
		return new HistoryDescription(kept.topics(), kept.messages(), kept.bytes(), present.comparing().isZero());
	}

	private Map<Node, Integer> topicsByNode() {
		Interests present = this.interests;
		if (present == null) {
			return Map.of();
		}
		Map<Node, Integer> topics = new HashMap<>(present.topicsByNode());
		topics.put(this.cluster.self(), present.statistics().ownTopics());
		return topics;
	}

	private List<UnreachedDescription> unreached() {
		return this.transport.unreached()
			.stream()
			.map((place) -> new UnreachedDescription(place.place(), place.cause().label(), place.detail()))
			.toList();
	}

	private List<RefusedDescription> refused() {
		return this.transport.refusedPeers()
			.stream()
			.map((peer) -> new RefusedDescription(peer.address(), peer.reason().label(), peer.detail()))
			.toList();
	}

	/**
	 * Act, for an operator who is not known. The parameters are those of all actions,
	 * each of which has some of them.
	 * @param section the first part of the name of the action
	 * @param action the second part
	 * @return what was done
	 * @throws InvalidEndpointRequestException if nothing was done
	 */
	@WriteOperation(produces = PRODUCED)
	Map<String, @Nullable Object> action(@Selector String section, @Selector String action, @Nullable String id,
			@Nullable String user, @Nullable String session, @Nullable String topic, @Nullable String event,
			@Nullable String payload, @Nullable String application, @Nullable String node, @Nullable String socket,
			@Nullable String seconds, @Nullable String payloads, @Nullable String tap) {
		return act(section + "/" + action, ClusterSections.filters(ClusterActions.PARAMETERS, id, user, session, topic,
				event, payload, application, node, socket, seconds, payloads, tap));
	}

	Map<String, @Nullable Object> act(String name, Map<String, String> parameters) {
		WebEndpointResponse<Map<String, @Nullable Object>> answer = this.actions.act(name, parameters, null);
		Map<String, @Nullable Object> body = Objects.requireNonNull(answer.getBody());
		if (answer.getStatus() != WebEndpointResponse.STATUS_OK) {
			String reason = String.valueOf(body.get("reason"));
			throw new InvalidEndpointRequestException(reason, reason);
		}
		return body;
	}

	private List<ApplicationDescription> applications() {
		DistributedApplications present = this.applications;
		return (present != null) ? present.statuses().stream().map(ApplicationDescription::of).toList() : List.of();
	}

	private static @Nullable Long microseconds(@Nullable CompletableFuture<Duration> trip) {
		return (trip != null)
				? trip.<@Nullable Long>handle((time, failure) -> (time != null) ? time.toNanos() / 1000 : null).join()
				: null;
	}

	/**
	 * The answer of the endpoint.
	 *
	 * @param engine the engine and its version
	 * @param coordinator the oldest node
	 * @param nodes the nodes, the oldest first
	 * @param boot the wait at boot
	 * @param applications the distributed applications, and where they run
	 * @param evicted whether this node is out of the cluster because another process has
	 * its name
	 * @param unreached the places where the last search found no node
	 * @param refused the processes that were refused within the last hour, or that
	 * refused this node, and why
	 * @param history what this node keeps of topics with history, {@code null} if no
	 * topic has one
	 */
	record ClusterDescription(String name, String self, String engine, long view, String coordinator,
			List<NodeDescription> nodes, @Nullable BootDescription boot, List<ApplicationDescription> applications,
			boolean evicted, List<UnreachedDescription> unreached, List<RefusedDescription> refused,
			@Nullable HistoryDescription history) {
	}

	/**
	 * The messages that this node keeps of topics with history.
	 *
	 * @param topics the topics
	 * @param messages their messages
	 * @param bytes what they take in memory
	 * @param compared whether all other nodes have told what they have
	 */
	record HistoryDescription(int topics, int messages, long bytes, boolean compared) {
	}

	/**
	 * A place where no node was found.
	 *
	 * @param place the host and port, or the whole range of ports
	 * @param cause why there was no connection, such as {@code refused}
	 * @param detail the cause as a sentence
	 */
	record UnreachedDescription(String place, String cause, String detail) {
	}

	/**
	 * A process that this node has refused, or that has refused this node.
	 *
	 * @param address the host if the process connected to this node; host and port if
	 * this node connected to it
	 * @param reason why the two are not in one cluster, such as {@code cookie}
	 * @param detail the reason as a sentence
	 */
	record RefusedDescription(String address, String reason, String detail) {
	}

	/**
	 * A node.
	 *
	 * @param roundTripMicros the round-trip time of a small message in microseconds,
	 * {@code null} for this node and for a node that did not answer
	 * @param topics how many topics and STOMP destinations it has announced, {@code null}
	 * if this node does not know, or does not route
	 */
	record NodeDescription(String name, @Nullable String address, @Nullable Long roundTripMicros,
			@Nullable Integer topics) {
	}

	/**
	 * The wait at boot.
	 *
	 * @param waiting whether the node still waits
	 * @param waitedFor the nodes that are waited for by name
	 * @param missing the listed nodes that have not been seen
	 * @param minimum the minimum number of nodes, this one included
	 * @param most the size of the largest view, this node included
	 * @param waitedMillis the duration of the wait in milliseconds
	 */
	record BootDescription(boolean waiting, List<String> waitedFor, List<String> missing, int minimum, int most,
			long waitedMillis) {

		private static @Nullable BootDescription of(@Nullable SyncReport report) {
			return (report != null) ? new BootDescription(report.waiting(), names(report.listed()),
					names(report.missing()), report.minimum(), report.most(), report.waited().toMillis()) : null;
		}

		private static List<String> names(List<Node> nodes) {
			return nodes.stream().map(Node::toString).toList();
		}

	}

}
