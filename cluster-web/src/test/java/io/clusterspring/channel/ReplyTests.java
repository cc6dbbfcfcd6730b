package io.clusterspring.channel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Reply}.
 */
class ReplyTests {

	private static final Reply RECOVERED = Reply.refuse("recovered");

	private final CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();

	private @Nullable String outcome;

	private @Nullable Throwable failure;

	@Test
	void isKnownAtOnceUnlessItIsALaterReply() {
		watch(Reply.ok());
		assertThat(this.outcome).isEqualTo("ok");
		watch(Reply.error("no"));
		assertThat(this.outcome).isEqualTo("error");
		watch(Reply.none());
		assertThat(this.outcome).isEqualTo("none");
		this.outcome = null;
		watch(Reply.later(this.stage));
		assertThat(this.outcome).isNull();
		this.stage.complete(Reply.later(CompletableFuture.completedFuture(Reply.refuse("at last"))));
		assertThat(this.outcome).isEqualTo("error");
	}

	@Test
	void statusOfTheApplicationIsKnown() {
		watch(Reply.of("queued", 3));
		assertThat(this.outcome).isEqualTo("queued");
		assertThat(Reply.of("ok", 3)).isEqualTo(Reply.ok(3));
		assertThat(Reply.of("error", 3)).isEqualTo(Reply.error(3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\ud83d" })
	void statusThatCannotBeSentIsRefused(String status) {
		assertThatIllegalArgumentException().isThrownBy(() -> Reply.of(status, 3));
		assertThatIllegalArgumentException().isThrownBy(() -> Reply.of("x".repeat(256), 3));
	}

	@Test
	void aFailureOfAStageIsKnownByItsCause() {
		watch(Reply.later(this.stage.thenApply((value) -> value)));
		IllegalStateException late = new IllegalStateException("late");
		this.stage.completeExceptionally(late);
		assertThat(this.outcome).isNull();
		assertThat(this.failure).isSameAs(late);
	}

	@Test
	void recoveryReplacesTheFailureOfAStage() {
		CompletionStage<?> recovering = recovering(Reply.later(this.stage.thenApply((value) -> value)));
		this.stage.completeExceptionally(new IllegalArgumentException("yes"));
		assertThat(recovering).isCompletedWithValueMatching(RECOVERED::equals);
	}

	@Test
	void recoveryReplacesTheFailureOfANestedStage() {
		watch(Reply.later(this.stage).onFailure((failure) -> RECOVERED));
		this.stage.complete(Reply.later(CompletableFuture.failedFuture(new IllegalStateException("late"))));
		assertThat(this.outcome).isEqualTo("error");
		assertThat(this.failure).isNull();
	}

	@Test
	void failureWithoutRecoveryIsKept() {
		CompletionStage<?> recovering = recovering(Reply.later(this.stage));
		IllegalStateException other = new IllegalStateException("other");
		this.stage.completeExceptionally(new CompletionException(other));
		assertThat(recovering.toCompletableFuture()).isCompletedExceptionally()
			.failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withRootCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void successfulReplyIsUnchanged() {
		Reply ok = Reply.ok();
		assertThat(ok.onFailure((failure) -> RECOVERED)).isSameAs(ok);
		CompletionStage<?> recovering = recovering(Reply.later(this.stage));
		this.stage.complete("value");
		assertThat(recovering).isCompletedWithValueMatching("value"::equals);
	}

	private void watch(Reply reply) {
		reply.whenKnown((outcome, failure) -> {
			this.outcome = outcome;
			this.failure = failure;
		});
	}

	private static CompletionStage<?> recovering(Reply reply) {
		return ((LaterReply) reply
			.onFailure((failure) -> (failure instanceof IllegalArgumentException) ? RECOVERED : null)).stage();
	}

}
