package io.clusterspring.benchmarks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Hearer}.
 */
class HearerTests {

	private final Answers answers = new Answers();

	private final Hearer hearer = new Hearer(this.answers, 4);

	@Test
	void countsWhatComesInOrder() {
		start(2);
		messages(0, 1, 2, 3, 4);
		assertThat(end()).isEqualTo("DONE 5 5 4");
		assertThat(this.answers.heard).startsWith("PROGRESS 2 2 4", "PROGRESS 4 4 4");
	}

	@Test
	void doesNotCountWhatIsMissingOrComesTwiceOrTooLate() {
		start(100);
		messages(0, 1, 3, 2, 3, 4);
		assertThat(end()).isEqualTo("DONE 5 4 4");
	}

	@Test
	void startsAnew() {
		start(100);
		messages(0, 1, 2);
		start(100);
		messages(0);
		assertThat(end()).isEqualTo("DONE 1 1 4");
	}

	@Test
	void echoesWithTheSameNumberAndSize() {
		this.hearer.accept(ByteBuffer.wrap(Signal.PING.message(50, 7)));
		assertThat(this.answers.heard).containsExactly("ECHO 7 0 0");
		assertThat(this.answers.sizes).containsExactly(50);
	}

	private void start(long step) {
		this.hearer.accept(ByteBuffer.wrap(Signal.START.message(Signal.SMALLEST, step)));
	}

	private void messages(long... numbers) {
		LongStream.of(numbers)
			.forEach((number) -> this.hearer.accept(ByteBuffer.wrap(Signal.MESSAGE.message(100, number))));
	}

	private String end() {
		this.hearer.accept(ByteBuffer.wrap(Signal.END.message(Signal.SMALLEST, 0)));
		return this.answers.heard.get(this.answers.heard.size() - 1);
	}

	private static final class Answers implements Medium {

		private final List<String> heard = new ArrayList<>();

		private final List<Integer> sizes = new ArrayList<>();

		@Override
		public void listen(boolean first, Consumer<ByteBuffer> listener) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void publish(byte[] message) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void answer(byte[] message) {
			ByteBuffer answer = ByteBuffer.wrap(message);
			this.heard.add(Signal.of(answer) + " " + Signal.number(answer) + " " + Signal.count(answer) + " "
					+ Signal.node(answer));
			this.sizes.add(message.length);
		}

		@Override
		public int nodes() {
			return 2;
		}

	}

}
