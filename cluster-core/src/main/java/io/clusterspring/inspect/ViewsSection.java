package io.clusterspring.inspect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ClusterView;
import io.clusterspring.ManagedCluster;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;

/**
 * The section {@code views}: how the view of a node has changed, the newest change first.
 * A node that stops tells the others that it leaves, so that they can tell this from a
 * failure.
 */
public final class ViewsSection implements Section, TransportListener, SmartLifecycle {

	private static final String UNKNOWN = "gone: this node does not know why";

	private final ViewLog log = new ViewLog();

	private final Inspection inspection;

	private final ClusterTransport transport;

	// written by the engine, one view at a time
	private volatile List<Node> present = List.of();

	private volatile boolean running;

	/**
	 * Create the section of a node that has not joined.
	 * @param inspection tells which nodes leave
	 * @param transport tells why nodes have gone
	 */
	public ViewsSection(Inspection inspection, ClusterTransport transport) {
		this.inspection = inspection;
		this.transport = transport;
		inspection.onLeave(this.log::leaves);
	}

	@Override
	public String name() {
		return "views";
	}

	@Override
	public boolean isLocal() {
		return true;
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		Smallest<ViewLog.Change> smallest = new Smallest<>(question);
		this.log.newestFirst()
			.forEach((change) -> smallest.offer(String.format("%016x", Long.MAX_VALUE - change.number()), change));
		return CompletableFuture.completedStage(smallest.page(ViewsSection::item));
	}

	private static Item item(String key, ViewLog.Change change) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("view", change.view().id());
		fields.put("at", Moments.show(change.at()));
		fields.put("nodes", names(change.view().nodes()));
		fields.put("joined", names(change.joined()));
		fields.put("gone", change.gone().entrySet().stream().map(ViewsSection::gone).toList());
		return new Item(key, fields);
	}

	private static List<String> names(List<Node> nodes) {
		return nodes.stream().map(Node::toString).toList();
	}

	private static Map<String, String> gone(Map.Entry<Node, String> node) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("node", node.getKey().toString());
		fields.put("reason", node.getValue());
		return fields;
	}

	@Override
	public void viewChanged(ClusterView view) {
		long now = System.nanoTime();
		Map<Node, String> reasons = new TreeMap<>();
		this.present.forEach((node) -> {
			String reason = view.contains(node) ? null : this.transport.goneBecause(node);
			if (reason != null) {
				reasons.put(node, reason);
			}
		});
		record(view, now, reasons);
	}

	@Override
	public void evicted(ClusterView alone) {
		Map<Node, String> reasons = new TreeMap<>();
		this.present.forEach((node) -> reasons.put(node, "this node is out of the cluster"));
		record(alone, System.nanoTime(), reasons);
	}

	// after the frames that came before
	private void record(ClusterView view, long at, Map<Node, String> reasons) {
		this.present = view.nodes();
		this.inspection.afterFrames(
				() -> this.log.changed(view, at, (node) -> Objects.requireNonNullElse(reasons.get(node), UNKNOWN)));
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** Tell the other nodes that this one leaves. */
	@Override
	public void stop() {
		this.running = false;
		this.inspection.leave();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return ManagedCluster.PHASE + 1;
	}

}
