package io.clusterspring.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.Node;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.Section;

/**
 * The section {@code samples}: one item for each node with the dashboard, so that the
 * page shows the samples of nodes that the browser does not reach. Values are in
 * thousandths, because items have whole numbers only.
 */
final class SamplesSection implements Section {

	private static final long SCALE = 1000;

	/** The run and the number of the last sample that is known. */
	private static final String RUN = "id";

	private static final String LAST = "since";

	private final Node self;

	private final Sampler sampler;

	SamplesSection(Node self, Sampler sampler) {
		this.self = self;
		this.sampler = sampler;
	}

	@Override
	public String name() {
		return "samples";
	}

	@Override
	public Set<String> filters() {
		return Set.of(RUN, LAST);
	}

	@Override
	public void check(Question question) {
		last(question);
	}

	private static long last(Question question) {
		String last = question.filter(LAST);
		Assert.isTrue(last == null || last.matches("\\d{1,18}"), "since must be the number of a sample");
		return (last != null) ? Long.parseLong(last) : 0;
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		SamplesDescription samples = this.sampler.after(this.self.toString(),
				Objects.requireNonNullElse(question.filter(RUN), ""), last(question));
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("node", samples.node());
		fields.put("run", samples.run());
		fields.put("interval", samples.interval());
		fields.put("last", samples.last());
		fields.put("scale", SCALE);
		fields.put("ages", samples.ages());
		Map<String, Object> series = new LinkedHashMap<>();
		samples.series().forEach((name, values) -> series.put(name, scaled(values)));
		fields.put("series", series);
		return CompletableFuture.completedStage(Page.ofNode(question, this.self, fields));
	}

	private static List<@Nullable Long> scaled(List<@Nullable Double> values) {
		List<@Nullable Long> scaled = new ArrayList<>();
		for (Double value : values) {
			scaled.add((value != null) ? (Long) Math.round(value * SCALE) : null);
		}
		return scaled;
	}

}
