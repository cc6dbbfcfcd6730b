package io.clusterspring.pubsub;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A listener that records what it receives, in order.
 *
 * @param <T> the type of the messages
 */
final class Heard<T> implements Consumer<T> {

	private final LinkedBlockingQueue<T> all = new LinkedBlockingQueue<>();

	@Override
	public void accept(T message) {
		this.all.add(message);
	}

	List<T> all() {
		return List.copyOf(this.all);
	}

	/**
	 * Wait until this number of messages has come, and check that they are the expected
	 * ones.
	 * @param expected the expected messages
	 */
	void hasHeard(Object... expected) {
		hasHeardAll(List.of(expected));
	}

	void hasHeardAll(List<?> expected) {
		await().until(() -> this.all.size() >= expected.size());
		assertThat(all()).isEqualTo(expected);
	}

}
