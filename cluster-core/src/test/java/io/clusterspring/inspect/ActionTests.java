package io.clusterspring.inspect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests actions of {@link Inspection} on nodes in memory.
 */
class ActionTests {

	private static final Duration SOON = Duration.ofSeconds(2);

	@AutoClose
	private final InspectedNodes nodes = new InspectedNodes();

	@Test
	void allNodesActAndTheirAnswersAreTold() {
		Close first = new Close("x/close", Set.of("user"));
		Close second = new Close("x/close", Set.of("user"));
		Inspection asked = start("n1", first);
		start("n2", second);
		await().untilAsserted(() -> assertThat(act(asked, first, Map.of("user", "ann")).answered()).hasSize(2));
		assertThat(second.last).isEqualTo(Map.of("user", "ann"));
		assertThat(act(asked, first, Map.of()).items()).extracting((item) -> item.fields().get("closed"))
			.containsExactly(1L, 1L);
	}

	@Test
	void onlyTheNodeThatIsNamedActs() {
		Close first = new Close("x/close", Set.of(Action.NODE));
		Close second = new Close("x/close", Set.of(Action.NODE));
		Inspection asked = start("n1", first);
		start("n2", second);
		await().untilAsserted(() -> assertThat(act(asked, first, Map.of("node", "n2@h")).answered())
			.containsExactly(Node.of("n2@h")));
		assertThat(second.count).hasPositiveValue();
		assertThat(first.count).hasValue(0);
		assertThatIllegalArgumentException().isThrownBy(() -> act(asked, first, Map.of()))
			.withMessage("node must be given");
		assertThatIllegalArgumentException().isThrownBy(() -> act(asked, first, Map.of("node", "n3@h")))
			.withMessage("There is no node n3@h in the view of n1@h");
	}

	@Test
	void nodeThatCannotActSaysWhy() {
		Close first = new Close("x/close", Set.of("user"));
		Close second = new Close("x/close", Set.of("user"));
		second.refusal = "Not here";
		Inspection asked = start("n1", first);
		start("n2", second);
		start("n3");
		await().untilAsserted(() -> assertThat(act(asked, first, Map.of()).silent()).containsExactly(
				new Result.Silent(Node.of("n2@h"), "Not here"),
				new Result.Silent(Node.of("n3@h"), "does not know this question")));
	}

	@Test
	void anActionCannotBeAskedForAsAQuestionNorTheOtherWayRound() {
		Close action = new Close("x/close", Set.of());
		Inspection asked = start("n1", action);
		assertThat(asked.section("x/close")).isNull();
		assertThat(asked.action("things")).isNull();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> asked.ask(new Question("x/close", "", 1, Map.of()), SOON));
		assertThat(action.count).hasValue(0);
	}

	private static Result act(Inspection asked, Action action, Map<String, String> parameters) {
		return asked.act(action, parameters, SOON).join();
	}

	private Inspection start(String name, Action... actions) {
		return this.nodes.start(name, (node) -> List.of(actions).forEach(node::add));
	}

	private static final class Close implements Action {

		private final String name;

		private final Set<String> parameters;

		private final AtomicInteger count = new AtomicInteger();

		private volatile Map<String, String> last;

		private volatile String refusal;

		Close(String name, Set<String> parameters) {
			this.name = name;
			this.parameters = parameters;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public Set<String> parameters() {
			return this.parameters;
		}

		@Override
		public CompletionStage<Map<String, Object>> act(Map<String, String> given) {
			if (this.refusal != null) {
				throw new IllegalArgumentException(this.refusal);
			}
			this.last = given;
			this.count.incrementAndGet();
			return CompletableFuture.completedStage(Map.of("closed", 1L));
		}

	}

}
