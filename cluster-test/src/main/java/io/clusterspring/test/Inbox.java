package io.clusterspring.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The received messages that no {@code expect} method has consumed yet. Thread-safe.
 */
final class Inbox {

	private final List<TestMessage> messages = new ArrayList<>();

	private Duration timeout = Duration.ofSeconds(5);

	private @Nullable Integer closeCode;

	synchronized void timeout(Duration timeout) {
		this.timeout = timeout;
	}

	synchronized void add(TestMessage message) {
		this.messages.add(message);
		notifyAll();
	}

	synchronized void closed(int code) {
		if (this.closeCode == null) {
			this.closeCode = code;
		}
		notifyAll();
	}

	synchronized TestMessage take(String what, Predicate<TestMessage> wanted) {
		return take(what, wanted, (message) -> false);
	}

	/**
	 * Consume a message.
	 * @param what the description of the message
	 * @param end the end of the channel, after which the message does not come any more
	 */
	synchronized TestMessage take(String what, Predicate<TestMessage> wanted, Predicate<TestMessage> end) {
		TestMessage found = await(this.timeout, () -> find(wanted),
				() -> this.closeCode != null || this.messages.stream().anyMatch(end));
		if (found != null) {
			return found;
		}
		boolean ended = this.messages.stream().anyMatch(end);
		throw new AssertionError("Expected " + what
				+ (ended ? ", but the channel has ended: got " : " within " + this.timeout + ", but got ") + content());
	}

	synchronized void expectNone(String what, Duration time, Predicate<TestMessage> unwanted) {
		TestMessage found = await(time, () -> find(unwanted), () -> this.closeCode != null);
		if (found != null) {
			throw new AssertionError("Expected no " + what + ", but got " + found);
		}
	}

	synchronized void expectClosed(int code) {
		Integer found = await(this.timeout, () -> this.closeCode, () -> false);
		if (found == null || found != code) {
			throw new AssertionError("Expected to be closed with " + code + ", but got " + content());
		}
	}

	private @Nullable TestMessage find(Predicate<TestMessage> wanted) {
		for (Iterator<TestMessage> all = this.messages.iterator(); all.hasNext();) {
			TestMessage message = all.next();
			if (wanted.test(message)) {
				all.remove();
				return message;
			}
		}
		return null;
	}

	private <T> @Nullable T await(Duration time, Supplier<@Nullable T> wanted, BooleanSupplier inVain) {
		long end = System.nanoTime() + time.toNanos();
		T found = wanted.get();
		long left = end - System.nanoTime();
		while (found == null && left > 0 && !inVain.getAsBoolean()) {
			pause(left);
			found = wanted.get();
			left = end - System.nanoTime();
		}
		return found;
	}

	private void pause(long nanos) {
		try {
			wait(nanos / 1_000_000 + 1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for a message", ex);
		}
	}

	private String content() {
		String came = this.messages.isEmpty() ? "nothing" : this.messages.toString();
		return (this.closeCode != null) ? came + " and was closed with " + this.closeCode : came;
	}

}
