package io.clusterspring.channel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * The reply to one call of a handler, fed by the handler's stage, which other calls may
 * share and which may never complete. This one always does, because the channel settles
 * it when it waits no longer.
 */
final class CallStage extends CompletableFuture<@Nullable Object> {

	/**
	 * Begin to wait for a handler's stage.
	 * @param stage the handler's stage
	 * @return what it brings: no reply that is for later, because those are waited for
	 */
	static CallStage of(CompletionStage<? extends @Nullable Object> stage) {
		CallStage call = new CallStage();
		stage.whenComplete(call::take);
		return call;
	}

	/**
	 * Return a stage that brings something else instead. If that one is settled, this one
	 * is as well, and what this one brings is not looked at.
	 * @param step gets what this stage completes with
	 * @return the other stage
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
