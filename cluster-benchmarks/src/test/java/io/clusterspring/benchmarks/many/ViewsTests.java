package io.clusterspring.benchmarks.many;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.NodeDown;
import io.clusterspring.NodeUp;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link Views}, and what a {@link Crowd} concludes from them.
 */
class ViewsTests {

	private static final Node SELF = new Node("n1", "h1");

	private static final Node OTHER = new Node("n2", "h2");

	private final Views views = new Views();

	@Test
	void lostNodesAreToldOnce() {
		this.views.changed(new NodeUp(OTHER, new ClusterView(1, List.of(SELF, OTHER))));
		assertThat(this.views.take()).matches((seen) -> seen.nodes() == 2 && seen.downs().isEmpty());
		this.views.changed(new NodeDown(OTHER, new ClusterView(2, List.of(SELF))));
		Views.Seen seen = this.views.take();
		assertThat(seen.nodes()).isEqualTo(1);
		assertThat(seen.downs()).containsExactly("n2");
		assertThat(this.views.take().downs()).isEmpty();
	}

	@Test
	void isReadAsItIsWritten() {
		for (Views.Seen seen : List.of(new Views.Seen(50, -7, List.of("n2", "n3")), new Views.Seen(1, 7, List.of()))) {
			assertThat(Views.Seen.of(seen.toString())).isEqualTo(seen);
		}
	}

	@Test
	void viewLiesIfItHasLostANodeThatLived() {
		Crowd.Agreement agreement = new Crowd.Agreement(0, List.of("n2", "n3", "n2"));
		assertThat(agreement.lies(List.of(2, 3))).isZero();
		assertThat(agreement.lies(List.of(2))).isEqualTo(1);
		assertThat(agreement.lies(List.of())).isEqualTo(3);
	}

}
