package io.clusterspring.channel.controller;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.channel.ChannelMappingException;
import io.clusterspring.channel.LaterReply;
import io.clusterspring.channel.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link JoinDecision}.
 */
class JoinDecisionTests {

	@ParameterizedTest
	@ValueSource(strings = { "flag", "boxedFlag", "optional", "callable", "future", "task", "publisher", "laterFlag",
			"laterOptional" })
	void typesThatDecideNothingFailTheBoot(String method) {
		assertThatExceptionOfType(ChannelMappingException.class).isThrownBy(() -> decision(method))
			.withMessageStartingWith("The @OnJoin method " + Joins.class.getName() + "." + method + " returns ")
			.satisfies((failure) -> assertThat(failure.action()).isEqualTo(
					"Return a Reply (Reply.ok() or Reply.refuse(...)) or a CompletionStage<Reply>, or return void "
							+ "and throw an exception to refuse."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reply", "object", "laterReply", "laterObject", "laterAny", "laterRaw", "inherited" })
	void nullIsNoDecisionIfTheTypeCanHoldAReply(String method) {
		assertUndecided(method, null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "object", "reply", "laterReply", "laterObject", "laterAny", "laterRaw", "inherited" })
	void nullOfAStageIsNoDecisionIfTheTypeCanHoldAReply(String method) {
		CompletableFuture<Object> nothing = CompletableFuture.completedFuture(null);
		assertThat(failure(method, nothing)).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("has not decided");
		assertThat(failure(method, Reply.later(nothing))).isInstanceOf(IllegalStateException.class);
		assertThat(failure(method, CompletableFuture.completedFuture(nothing)))
			.isInstanceOf(IllegalStateException.class);
	}

	@Test
	void valuesThatDecideNothingAreNoDecision() {
		for (Object value : new Object[] { false, true, Optional.empty(), (Callable<Object>) Reply::ok,
				new FutureTask<Object>(Reply::ok) }) {
			assertUndecided("object", value);
			assertThat(failure("object", CompletableFuture.completedFuture(value)))
				.isInstanceOf(IllegalStateException.class);
		}
	}

	@Test
	void nullIsAValueIfTheTypeCannotHoldAReply() {
		assertThat(decision("nothing").decide(null)).isEqualTo(Reply.none());
		assertThat(decision("map").decide(null)).isEqualTo(Reply.ok(null));
		CompletableFuture<Object> done = CompletableFuture.completedFuture(null);
		assertThat(stage("laterNothing", done)).isCompletedWithValue(Reply.ok(null));
		assertThat(stage("laterMap", done)).isCompletedWithValue(Reply.ok(null));
	}

	@Test
	void repliesAndOtherValuesDecide() {
		Reply no = Reply.refuse("no");
		assertThat(decision("object").decide(no)).isSameAs(no);
		assertThat(decision("object").decide("yes")).isEqualTo(Reply.ok("yes"));
		assertThat(stage("laterReply", CompletableFuture.completedFuture(no))).isCompletedWithValue(no);
		assertThat(stage("laterAny", CompletableFuture.completedFuture("yes"))).isCompletedWithValue(Reply.ok("yes"));
		assertThat(stage("reply", Reply.later(CompletableFuture.completedFuture(no)))).isCompletedWithValue(no);
	}

	private static void assertUndecided(String method, @Nullable Object value) {
		assertThatIllegalStateException().isThrownBy(() -> decision(method).decide(value))
			.withMessageContaining(Joins.class.getName() + " has not decided");
	}

	private static CompletableFuture<Object> stage(String method, Object value) {
		return ((LaterReply) decision(method).decide(value)).stage()
			.<Object>thenApply((late) -> late)
			.toCompletableFuture();
	}

	private static Throwable failure(String method, Object value) {
		return LaterReply.cause(stage(method, value).handle((late, failure) -> failure).join());
	}

	private static JoinDecision decision(String name) {
		Method method = Arrays.stream(Joins.class.getMethods())
			.filter((present) -> present.getName().equals(name))
			.findFirst()
			.orElseThrow();
		return JoinDecision.of(method, Joins.class);
	}

	interface Inherited<T> {

		CompletionStage<T> inherited();

	}

	interface Joins extends Inherited<Reply> {

		boolean flag();

		Boolean boxedFlag();

		Optional<Reply> optional();

		Callable<Reply> callable();

		Future<Reply> future();

		FutureTask<Reply> task();

		Flow.Publisher<Reply> publisher();

		CompletionStage<Boolean> laterFlag();

		CompletableFuture<Optional<Reply>> laterOptional();

		Reply reply();

		Object object();

		CompletionStage<Reply> laterReply();

		CompletableFuture<Object> laterObject();

		CompletionStage<?> laterAny();

		@SuppressWarnings("rawtypes")
		CompletionStage laterRaw();

		void nothing();

		Map<String, Object> map();

		CompletionStage<Void> laterNothing();

		CompletionStage<Map<String, Object>> laterMap();

	}

}
