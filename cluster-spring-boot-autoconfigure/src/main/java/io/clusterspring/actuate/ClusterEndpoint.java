package io.clusterspring.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.util.Assert;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.SyncReport;
import io.clusterspring.TransportDetails;
import io.clusterspring.failover.DistributedApplications;

/**
 * The actuator endpoint {@code cluster}: who is in the cluster, where and how far away,
 * how the boot went, and which distributed application runs where. To move those, access
 * to the endpoint has to be opened: {@code management.endpoint.cluster.access}.
 */
@Endpoint(id = "cluster", defaultAccess = Access.READ_ONLY)
public final class ClusterEndpoint {

	/**
	 * What changes produce, so that {@link ClusterWebEndpoint} takes their place: an
	 * extension replaces an operation that produces the same.
	 */
	static final String PRODUCED = "application/json";

	private final ManagedCluster cluster;

	private final ClusterTransport transport;

	private final @Nullable DistributedApplications applications;

	/**
	 * Create the endpoint.
	 * @param cluster the cluster
	 * @param transport its engine
	 * @param applications the distributed applications, if there can be any
	 */
	public ClusterEndpoint(ManagedCluster cluster, ClusterTransport transport,
			@Nullable DistributedApplications applications) {
		this.cluster = cluster;
		this.transport = transport;
		this.applications = applications;
	}

	/**
	 * Describe the cluster. Takes as long as the slowest node takes to answer, a second
	 * at most.
	 * @return the description
	 */
	@ReadOperation
	public ClusterDescription cluster() {
		ClusterView view = this.cluster.view();
		TransportDetails details = this.transport.details();
		Map<Node, CompletableFuture<Duration>> trips = new LinkedHashMap<>();
		view.nodes()
			.stream()
			.filter((node) -> !node.equals(this.cluster.self()))
			.forEach((node) -> trips.put(node, this.transport.roundTrip(node)));
		List<NodeDescription> nodes = new ArrayList<>();
		for (Node node : view.nodes()) {
			nodes.add(
					new NodeDescription(node.toString(), details.addresses().get(node), microseconds(trips.get(node))));
		}
		return new ClusterDescription(this.cluster.name(), this.cluster.self().toString(), details.engine(), view.id(),
				view.coordinator().toString(), nodes, BootDescription.of(this.cluster.syncReport()), applications(),
				this.cluster.isEvicted(), unreached(), refused());
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
	 * Move a distributed application, or change where it may run.
	 * @param application its name
	 * @param change what to do
	 * @param node the node to move it to, or on which to permit or forbid it
	 * @throws InvalidEndpointRequestException if that cannot be done
	 */
	@WriteOperation(produces = PRODUCED)
	public void change(@Selector String application, @Selector Change change, String node) {
		try {
			DistributedApplications present = this.applications;
			Assert.notNull(present, "There are no distributed applications");
			if (change == Change.MOVE) {
				present.move(application, Node.of(node));
			}
			else {
				present.permit(application, Node.of(node), change == Change.PERMIT);
			}
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()), ex.getMessage());
		}
	}

	private List<ApplicationDescription> applications() {
		DistributedApplications present = this.applications;
		return (present != null) ? present.statuses().stream().map(ApplicationDescription::of).toList() : List.of();
	}

	/**
	 * What can be done to a distributed application by hand.
	 */
	public enum Change {

		/** Run it on a node, as long as that is there. */
		MOVE,

		/** Let a node run it. */
		PERMIT,

		/** Do not let a node run it. */
		FORBID

	}

	private static @Nullable Long microseconds(@Nullable CompletableFuture<Duration> trip) {
		return (trip != null)
				? trip.<@Nullable Long>handle((time, failure) -> (time != null) ? time.toNanos() / 1000 : null).join()
				: null;
	}

	/**
	 * The cluster.
	 *
	 * @param name its name
	 * @param self this node
	 * @param engine the engine and its version
	 * @param view the number of the view
	 * @param coordinator the oldest node
	 * @param nodes the nodes, the oldest first
	 * @param boot how the wait at boot went
	 * @param applications the distributed applications, and where they run
	 * @param evicted whether the cluster goes on without this node, because another
	 * process has its name
	 * @param unreached where other nodes were looked for in vain the last time
	 * @param refused the processes that did not get in within the last hour, or did not
	 * let this node in, and why
	 */
	public record ClusterDescription(String name, String self, String engine, long view, String coordinator,
			List<NodeDescription> nodes, @Nullable BootDescription boot, List<ApplicationDescription> applications,
			boolean evicted, List<UnreachedDescription> unreached, List<RefusedDescription> refused) {
	}

	/**
	 * A place where a node was looked for in vain.
	 *
	 * @param place the host and port, or the whole range of ports
	 * @param cause why there was no connection, such as {@code refused}
	 * @param detail the same in a sentence
	 */
	public record UnreachedDescription(String place, String cause, String detail) {
	}

	/**
	 * A process that did not get in, or did not let this node in.
	 *
	 * @param address where it is: the host if it came, host and port if this node went
	 * there
	 * @param reason why the two are not in one cluster, such as {@code cookie}
	 * @param detail the same in a sentence
	 */
	public record RefusedDescription(String address, String reason, String detail) {
	}

	/**
	 * A node.
	 *
	 * @param name its name
	 * @param address where it is reached
	 * @param roundTripMicros how many microseconds a small message to it and its answer
	 * took just now, {@code null} for this node and for one that did not answer
	 */
	public record NodeDescription(String name, @Nullable String address, @Nullable Long roundTripMicros) {
	}

	/**
	 * The wait at boot.
	 *
	 * @param waiting whether it still goes on
	 * @param waitedFor the nodes that are waited for by name
	 * @param missing the listed nodes that have not been seen
	 * @param minimum how many nodes are waited for by number, this one included
	 * @param most how many nodes there were at once at most, this one included
	 * @param waitedMillis how many milliseconds it took
	 */
	public record BootDescription(boolean waiting, List<String> waitedFor, List<String> missing, int minimum, int most,
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
