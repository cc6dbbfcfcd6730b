package io.clusterspring.channel.socket;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link StageWait}.
 */
class StageWaitTests {

	@Test
	void stageThatNeverCompletesKeepsNoReferenceToItsClient() {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		List<Object> got = new ArrayList<>();
		byte[] client = new byte[100];
		StageWait wait = wait(stage, got, client);
		WeakReference<byte[]> kept = new WeakReference<>(client);
		client = null;
		wait.cancel();
		await().until(() -> {
			System.gc();
			return kept.get() == null;
		});
		stage.complete("late");
		assertThat(got).isEmpty();
	}

	private static StageWait wait(CompletableFuture<Object> stage, List<Object> got, byte[] client) {
		return StageWait.begin(stage, Duration.ofMinutes(5), (value, failure) -> got.add(client));
	}

}
