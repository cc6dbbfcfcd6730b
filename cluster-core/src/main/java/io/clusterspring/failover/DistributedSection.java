package io.clusterspring.failover;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.Section;
import io.clusterspring.inspect.Smallest;
import io.clusterspring.text.LogText;

/**
 * The section {@code distributed}: where applications run, as each node knows it. If the
 * nodes do not say the same, they do not know the same.
 */
public final class DistributedSection implements Section {

	private final String self;

	private final DistributedApplications applications;

	/**
	 * Create the section.
	 * @param self the name of this node
	 * @param applications the applications that it knows
	 */
	public DistributedSection(String self, DistributedApplications applications) {
		this.self = self;
		this.applications = applications;
	}

	@Override
	public String name() {
		return "distributed";
	}

	@Override
	public Set<String> filters() {
		return Set.of("application");
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		String wanted = question.filter("application");
		Smallest<ApplicationStatus> smallest = new Smallest<>(question);
		this.applications.statuses().forEach((status) -> {
			if (wanted == null || wanted.equals(status.name())) {
				smallest.offer(status.name() + '\0' + this.self, status);
			}
		});
		return CompletableFuture.completedStage(smallest.page(this::item));
	}

	private Item item(String key, ApplicationStatus status) {
		ApplicationStatus.Running running = status.running().isEmpty() ? null : status.running().get(0);
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("application", LogText.of(status.name()));
		fields.put("node", this.self);
		fields.put("state", (running != null) ? running.state() : "stopped");
		fields.put("owner", (running != null) ? running.node().toString() : null);
		fields.put("since", (running != null) ? running.since().toString() : null);
		fields.put("token", (running != null) ? running.token() : null);
		fields.put("owners", status.running().stream().map((each) -> each.node().toString()).toList());
		fields.put("refused", status.refused());
		fields.put("remarks", status.remarks().stream().map(LogText::line).toList());
		return new Item(key, fields);
	}

}
