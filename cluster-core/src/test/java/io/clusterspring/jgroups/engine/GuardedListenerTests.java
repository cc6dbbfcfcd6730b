package io.clusterspring.jgroups.engine;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterView;
import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.jgroups.EngineFailures;

import static org.assertj.core.api.Assertions.assertThat;

class GuardedListenerTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private final EngineFailures failures = new EngineFailures();

	@Test
	void exceptionOfAListenerStaysAwayFromTheEngine() {
		GuardedListener listener = throwing(new IllegalStateException("test"));
		listener.viewChanged(new ClusterView(1, List.of(N1)));
		listener.frameReceived(N1, ByteBuffer.allocate(1));
		assertThat(this.failures.failures()).isEmpty();
	}

	@Test
	void evictionReachesTheListenerAsOne() {
		AtomicReference<ClusterView> alone = new AtomicReference<>();
		ClusterView view = new ClusterView(1, List.of(N1));
		new GuardedListener(new TransportListener() {

			@Override
			public void evicted(ClusterView seen) {
				alone.set(seen);
			}

		}, this.failures).evicted(view);
		assertThat(alone).hasValue(view);
	}

	@Test
	void errorIsKeptForTheHealthUntilTheNodeConnectsAgain() {
		throwing(new StackOverflowError()).frameReceived(N1, ByteBuffer.allocate(1));
		throwing(new StackOverflowError()).viewChanged(new ClusterView(1, List.of(N1)));
		assertThat(this.failures.failures()).containsOnly(Map.entry("frame", "java.lang.StackOverflowError"),
				Map.entry("view", "java.lang.StackOverflowError"));
		this.failures.clear();
		assertThat(this.failures.failures()).isEmpty();
	}

	private GuardedListener throwing(Throwable cause) {
		return new GuardedListener(new TransportListener() {

			@Override
			public void viewChanged(ClusterView view) {
				sneak(cause);
			}

			@Override
			public void frameReceived(Node sender, ByteBuffer frame) {
				sneak(cause);
			}

		}, this.failures);
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> void sneak(Throwable cause) throws E {
		throw (E) cause;
	}

}
