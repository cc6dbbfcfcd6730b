package io.clusterspring;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ViewEventsTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final Node N2 = Node.of("n2@127.0.0.1");

	private static final Node N3 = Node.of("n3@127.0.0.1");

	@Test
	void eachEventIsInTheLogOnce(CapturedOutput output) {
		List<Object> events = new ArrayList<>();
		ViewEvents views = new ViewEvents(N1, (node) -> node.equals(N2) ? "suspected: its connection was closed" : null,
				Runnable::run, events::add);
		views.start(new ClusterView(0, List.of(N1)));
		views.viewChanged(new ClusterView(1, List.of(N1, N2)));
		views.viewChanged(new ClusterView(2, List.of(N1, N3)));
		views.viewChanged(new ClusterView(3, List.of(N1)));
		views.stop();
		views.viewChanged(new ClusterView(4, List.of(N1, N2)));
		assertThat(events).hasSize(4);
		assertThat(output.getAll().lines().filter((line) -> line.contains("INFO"))).satisfiesExactly(
				(line) -> assertThat(line)
					.endsWith("NodeUp: n2@127.0.0.1 has joined; nodes: [n1@127.0.0.1, n2@127.0.0.1]"),
				(line) -> assertThat(line)
					.endsWith("NodeDown: n2@127.0.0.1 has gone (suspected: its connection was closed); nodes: "
							+ "[n1@127.0.0.1, n3@127.0.0.1]"),
				(line) -> assertThat(line)
					.endsWith("NodeUp: n3@127.0.0.1 has joined; nodes: [n1@127.0.0.1, n3@127.0.0.1]"),
				(line) -> assertThat(line).endsWith("NodeDown: n3@127.0.0.1 has gone; nodes: [n1@127.0.0.1]"));
	}

}
