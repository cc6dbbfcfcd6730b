package io.clusterspring.pubsub;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A listener that remembers, in order, what it has heard.
 *
 * @param <T> what it listens to
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
	 * Wait until as many have come, which must be these and no others.
	 * @param expected what must have come
	 */
	void hasHeard(Object... expected) {
		hasHeardAll(List.of(expected));
	}

	void hasHeardAll(List<?> expected) {
		await().until(() -> this.all.size() >= expected.size());
		assertThat(all()).isEqualTo(expected);
	}

}
