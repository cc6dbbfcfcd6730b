package io.clusterspring.inspect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.springframework.util.Assert;

import io.clusterspring.Node;

/**
 * An action in the form of a question, whose answer has one item for each node that has
 * acted.
 */
record ActionSection(Action action, Node self) implements Section {

	@Override
	public String name() {
		return this.action.name();
	}

	@Override
	public Set<String> filters() {
		Set<String> names = new HashSet<>(this.action.parameters());
		names.remove(Action.NODE);
		return names;
	}

	@Override
	public void check(Question question) {
		this.action.check(question.filters());
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		try {
			this.action.check(question.filters());
			return this.action.act(question.filters())
				.thenApply((done) -> Page.ofNode(question, this.self, new HashMap<>(done)));
		}
		catch (IllegalArgumentException ex) {
			return CompletableFuture.failedStage(new RefusedQuestionException(ex));
		}
	}

	static Question question(Action action, Map<String, String> parameters) {
		Map<String, String> others = new HashMap<>(parameters);
		boolean given = others.remove(Action.NODE) != null;
		Assert.isTrue(given || !action.parameters().contains(Action.NODE), "node must be given");
		Assert.isTrue(!given || action.parameters().contains(Action.NODE),
				() -> "'node' does not apply to " + action.name());
		return new Question(action.name(), "", Question.LARGEST, others);
	}

}
