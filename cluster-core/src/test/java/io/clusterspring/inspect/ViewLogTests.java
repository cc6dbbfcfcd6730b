package io.clusterspring.inspect;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ViewLog}.
 */
class ViewLogTests {

	private static final Node N1 = Node.of("n1@h");

	private static final Node N2 = Node.of("n2@h");

	private static final Node N3 = Node.of("n3@h");

	private final ViewLog log = new ViewLog();

	private long view;

	@Test
	void changesAreToldWithTheirReasonsTheNewestFirst() {
		change(N1, N2, N3);
		this.log.leaves(N2);
		change(N1);
		List<ViewLog.Change> changes = this.log.newestFirst();
		assertThat(changes).extracting(ViewLog.Change::number).containsExactly(2L, 1L);
		assertThat(changes.get(0).gone())
			.containsExactlyInAnyOrderEntriesOf(Map.of(N2, ViewLog.LEFT, N3, "suspected n3"));
		assertThat(changes.get(0).joined()).isEmpty();
		assertThat(changes.get(1).joined()).containsExactly(N1, N2, N3);
	}

	@Test
	void nodeThatComesBackHasNotSaidThatItLeaves() {
		change(N1, N2);
		this.log.leaves(N2);
		change(N1);
		change(N1, N2);
		change(N1);
		assertThat(this.log.newestFirst().get(0).gone()).containsEntry(N2, "suspected n2");
		this.log.leaves(N2);
		change(N1, N2);
		change(N1);
		assertThat(this.log.newestFirst().get(0).gone()).containsEntry(N2, "suspected n2");
	}

	@Test
	void viewWithTheSameNodesIsNoChange() {
		change(N1, N2);
		change(N2, N1);
		assertThat(this.log.newestFirst()).hasSize(1);
	}

	@Test
	void noMoreThanTheLastAreKept() {
		for (int i = 0; i <= ViewLog.MOST; i++) {
			change((i % 2 == 0) ? new Node[] { N1 } : new Node[] { N1, N2 });
		}
		assertThat(this.log.newestFirst()).hasSize(ViewLog.MOST);
		assertThat(this.log.newestFirst().get(0).number()).isEqualTo(ViewLog.MOST + 1);
	}

	private void change(Node... nodes) {
		this.log.changed(new ClusterView(++this.view, Stream.of(nodes).toList()), 0,
				(node) -> "suspected " + node.name());
	}

}
