package io.clusterspring.inspect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.TransportListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Inspection} on nodes in memory.
 */
class InspectionTests {

	private static final Duration SOON = Duration.ofMillis(300);

	private static final Duration LATE = Duration.ofSeconds(10);

	private static final Question QUESTION = new Question("things", "", 2, Map.of());

	@AutoClose
	private final InspectedNodes nodes = new InspectedNodes();

	@Test
	void allNodesAnswerOnePageAfterTheOther() {
		Inspection asking = start("n1", new Things("a", "d"));
		start("n2", new Things("b"));
		start("n3", new Things("c", "e"));
		awaitAnswers(asking, 3);
		Result first = asking.ask(QUESTION, LATE).join();
		assertThat(first.items()).extracting(Item::key).containsExactly("a", "b");
		assertThat(first.answered()).extracting(Node::name).containsExactly("n1", "n2", "n3");
		assertThat(first.silent()).isEmpty();
		Result second = asking.ask(new Question("things", first.next(), 10, Map.of()), LATE).join();
		assertThat(second.items()).extracting(Item::key).containsExactly("c", "d", "e");
		assertThat(second.next()).isNull();
	}

	@Test
	void oneNodeCanBeAsked() {
		Inspection asking = start("n1", new Things("a"));
		start("n2", new Things("b"));
		awaitAnswers(asking, 2);
		Result result = asking.ask(QUESTION, Node.of("n2@h"), LATE).join();
		assertThat(result.items()).extracting(Item::key).containsExactly("b");
		assertThat(result.answered()).containsExactly(Node.of("n2@h"));
		assertThatIllegalArgumentException().isThrownBy(() -> asking.ask(QUESTION, Node.of("n3@h"), LATE))
			.withMessage("There is no node n3@h in the view of n1@h");
	}

	@Test
	void silentNodeIsNamedAndDoesNotDelayTheNextQuestions() {
		Inspection asking = start("n1", new Things("a"));
		Things frozen = new Things("b");
		start("n2", frozen);
		awaitAnswers(asking, 2);
		CompletableFuture<Void> thaw = frozen.freeze();
		Result result = asking.ask(QUESTION, SOON).join();
		assertThat(result.items()).extracting(Item::key).containsExactly("a");
		assertThat(result.silent()).containsExactly(new Result.Silent(Node.of("n2@h"), "no answer in 300 ms"));
		long start = System.nanoTime();
		for (int i = 0; i < 5; i++) {
			assertThat(asking.ask(QUESTION, LATE).join().silent()).extracting(Result.Silent::reason)
				.containsExactly("has not answered an earlier question yet");
		}
		assertThat(System.nanoTime() - start).isLessThan(LATE.toNanos());
		thaw.complete(null);
		awaitAnswers(asking, 2);
	}

	@Test
	void nodeThatHasNotSaidThatItAnswersIsNotAsked() {
		Inspection asking = start("n1", new Things("a"));
		this.nodes.network().transport(Node.of("old@h")).connect(new TransportListener() {
		});
		await().untilAsserted(() -> assertThat(asking.ask(QUESTION, LATE).join().silent())
			.containsExactly(new Result.Silent(Node.of("old@h"),
					"has not said that it answers questions: it has just come, or is of an " + "earlier release")));
	}

	@Test
	void nodeWithoutTheSectionSaysSo() {
		Inspection asking = start("n1", new Things("a"));
		start("n2");
		await().untilAsserted(() -> assertThat(asking.ask(QUESTION, LATE).join().silent())
			.containsExactly(new Result.Silent(Node.of("n2@h"), "does not know this question")));
	}

	@Test
	void nodeThatFailsToAnswerSaysSo() {
		Inspection asking = start("n1", new Things("a"));
		Things broken = new Things("b");
		start("n2", broken);
		awaitAnswers(asking, 2);
		broken.failure = new IllegalStateException("broken\nline");
		assertThat(asking.ask(QUESTION, LATE).join().silent()).containsExactly(new Result.Silent(Node.of("n2@h"),
				"has failed to answer: java.lang.IllegalStateException: broken?line"));
	}

	@Test
	void pageThatDoesNotGoOnIsNotTaken() {
		Inspection asking = start("n1", new Things("a", "c", "e"));
		Things circling = new Things("b", "d");
		start("n2", circling);
		awaitAnswers(asking, 2);
		circling.ignoresWhereToBegin = true;
		Result first = asking.ask(QUESTION, LATE).join();
		assertThat(first.items()).extracting(Item::key).containsExactly("a", "b");
		Result second = asking.ask(new Question("things", first.next(), 2, Map.of()), LATE).join();
		assertThat(second.items()).extracting(Item::key).containsExactly("c", "e");
		assertThat(second.next()).isNull();
		assertThat(second.answered()).containsExactly(Node.of("n1@h"));
		assertThat(second.silent()).containsExactly(
				new Result.Silent(Node.of("n2@h"), "has sent a page that does not go on after the one before"));
	}

	@Test
	void firstPageThatBeginsWithNoKeyIsNotTaken() {
		PendingQuestion asking = new PendingQuestion(new Things(), QUESTION, List.of(Node.of("n2@h")), LATE);
		asking.answered(Node.of("n2@h"), new Page(List.of(new Item("", Map.of())), true));
		assertThat(asking.result()).isCompletedWithValueMatching(
				(result) -> result.next() == null && result.items().isEmpty() && result.silent().size() == 1);
	}

	@Test
	void nodeThatDiesEndsTheWaitForIt() {
		Inspection asking = start("n1", new Things("a"));
		Things frozen = new Things("b");
		start("n2", frozen);
		awaitAnswers(asking, 2);
		frozen.freeze();
		CompletableFuture<Result> result = asking.ask(QUESTION, LATE);
		this.nodes.network().kill(Node.of("n2@h"));
		assertThat(result).succeedsWithin(5, TimeUnit.SECONDS)
			.extracting(Result::silent)
			.isEqualTo(List.of(new Result.Silent(Node.of("n2@h"), "left the view")));
	}

	@Test
	void questionsUnderWayAreBounded() {
		Things frozen = new Things("a");
		Inspection asking = start("n1", frozen);
		CompletableFuture<Void> thaw = frozen.freeze();
		List<CompletableFuture<Result>> results = new ArrayList<>();
		for (int i = 0; i < Inspection.MOST_QUESTIONS; i++) {
			results.add(asking.ask(QUESTION, LATE));
		}
		assertThatExceptionOfType(TooManyQuestionsException.class).isThrownBy(() -> asking.ask(QUESTION, LATE));
		thaw.complete(null);
		results.forEach((result) -> assertThat(result.join().items()).hasSize(1));
		assertThat(asking.ask(QUESTION, LATE).join().items()).hasSize(1);
	}

	@Test
	void questionsThatCannotBeMeantAreRefused() {
		Inspection asking = start("n1", new Things("a"));
		assertThatIllegalArgumentException().isThrownBy(() -> asking.ask(new Question("other", "", 1, Map.of()), LATE))
			.withMessage("There is no section 'other'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> asking.ask(new Question("things", "", 1, Map.of("size", "1")), LATE))
			.withMessage("'size' does not apply to things; these do: [colour]");
		assertThatIllegalArgumentException().isThrownBy(() -> asking.ask(QUESTION, Duration.ofSeconds(11)));
		assertThatIllegalArgumentException().isThrownBy(() -> asking.ask(QUESTION, Duration.ZERO));
	}

	private void awaitAnswers(Inspection asking, int nodes) {
		await().untilAsserted(() -> assertThat(asking.ask(QUESTION, SOON).join().answered()).hasSize(nodes));
	}

	private Inspection start(String name, Section... sections) {
		return this.nodes.start(name, (node) -> List.of(sections).forEach(node::add));
	}

	/** Has items with the given keys. */
	private static final class Things implements Section {

		private final Set<String> keys;

		private volatile CompletableFuture<Void> frozen = CompletableFuture.completedFuture(null);

		private volatile RuntimeException failure;

		private volatile boolean ignoresWhereToBegin;

		Things(String... keys) {
			this.keys = Set.of(keys);
		}

		CompletableFuture<Void> freeze() {
			this.frozen = new CompletableFuture<>();
			return this.frozen;
		}

		@Override
		public String name() {
			return "things";
		}

		@Override
		public Set<String> filters() {
			return Set.of("colour");
		}

		@Override
		public CompletionStage<Page> answer(Question question) {
			if (this.failure != null) {
				throw this.failure;
			}
			String after = this.ignoresWhereToBegin ? "" : question.after();
			Smallest<String> smallest = new Smallest<>(
					new Question(question.section(), after, question.limit(), question.filters()));
			this.keys.forEach((key) -> smallest.offer(key, key));
			Page page = smallest.page((key, value) -> new Item(key, Map.of("name", value)));
			return this.frozen.thenApply((thawed) -> page);
		}

	}

}
