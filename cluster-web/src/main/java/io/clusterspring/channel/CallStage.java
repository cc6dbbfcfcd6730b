package io.clusterspring.channel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * The pending reply to one call of a handler. It completes with the handler's stage,
 * which other calls may share and which may never complete. This stage always completes:
 * when the channel stops waiting, the channel completes it.
 */
final class CallStage extends CompletableFuture<@Nullable Object> {

	/**
	 * Create a stage that completes with a handler's stage.
	 * @param stage the handler's stage
	 * @return the stage; it never completes with a {@link LaterReply}, because it waits
	 * for that as well
	 */
	static CallStage of(CompletionStage<? extends @Nullable Object> stage) {
		CallStage call = new CallStage();
		stage.whenComplete(call::take);
		return call;
	}

	/**
	 * Return a stage that transforms the result of this one. Completing the returned
	 * stage completes this one too; its result is then ignored.
	 * @param step maps the value or the failure of this stage
	 * @return the transformed stage
	 */
	CallStage then(BiFunction<@Nullable Object, @Nullable Throwable, @Nullable Object> step) {
		CallStage next = new CallStage();
		CompletableFuture<@Nullable Object> result = handle(
				(value, failure) -> next.isDone() ? null : step.apply(value, failure));
		result.whenComplete(next::take);
		next.whenComplete(this::take);
		return next;
	}

	private void take(@Nullable Object value, @Nullable Throwable failure) {
		if (isDone()) {
			return;
		}
		if (failure != null) {
			completeExceptionally(failure);
		}
		else if (value instanceof LaterReply later) {
			later.stage().whenComplete(this::take);
		}
		else {
			complete(value);
		}
	}

}
