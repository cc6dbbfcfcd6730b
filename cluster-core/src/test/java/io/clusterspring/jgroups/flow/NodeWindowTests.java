package io.clusterspring.jgroups.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.util.LongTuple;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeWindowTests {

	private final AtomicInteger refused = new AtomicInteger();

	private final NodeWindow window = new NodeWindow(10, 100, 1024, 1.2, 60_000, this.refused::incrementAndGet);

	@Test
	void messagesAreTakenUpToTheWidth() {
		assertThat(this.window.add(11, message())).isTrue();
		assertThat(this.window.add(10 + NodeWindow.WIDTH, message())).isTrue();
		assertThat(this.refused).hasValue(0);
	}

	@Test
	void numbersBeyondItAreNotTakenAndTakeNoMemory() {
		LongStream.of(11 + NodeWindow.WIDTH, 1L << 31, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE)
			.forEach((number) -> assertThat(this.window.add(number, message())).isFalse());
		assertThat(this.refused).hasValue(5);
		assertThat(this.window.capacity()).isEqualTo(100 * 1024);
	}

	@Test
	void batchKeepsWhatIsWithin() {
		List<LongTuple<Message>> batch = new ArrayList<>();
		batch.add(new LongTuple<>(1L << 40, message()));
		batch.add(new LongTuple<>(11, message()));
		assertThat(this.window.add(batch, true)).isTrue();
		assertThat(batch).hasSize(1);
		assertThat(this.refused).hasValue(1);
	}

	@Test
	void windowMovesWithWhatIsDelivered() {
		this.window.add(11, message());
		assertThat(this.window.remove()).isNotNull();
		assertThat(this.window.add(11 + NodeWindow.WIDTH, message())).isTrue();
	}

	private static Message message() {
		return new BytesMessage(null, new byte[1]);
	}

}
