package io.clusterspring.channel;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A reply that is not known yet.
 *
 * @param stage completes with it
 */
record LaterReply(CompletionStage<? extends @Nullable Object> stage) implements Reply {

	@Override
	public void whenKnown(BiConsumer<@Nullable String, @Nullable Throwable> action) {
		this.stage.whenComplete((value, failure) -> {
			if (failure != null) {
				action.accept(null, cause(failure));
			}
			else if (value instanceof Reply reply) {
				reply.whenKnown(action);
			}
			else {
				action.accept("ok", null);
			}
		});
	}

	@Override
	public Reply onFailure(Function<Throwable, @Nullable Reply> recovery) {
		return new LaterReply(this.stage.handle((value, failure) -> {
			if (failure != null) {
				return recover(cause(failure), recovery);
			}
			return (value instanceof Reply reply) ? reply.onFailure(recovery) : value;
		}));
	}

	private static Reply recover(Throwable failure, Function<Throwable, @Nullable Reply> recovery) {
		Reply reply = recovery.apply(failure);
		if (reply == null) {
			throw new CompletionException(failure);
		}
		return reply;
	}

	/**
	 * Return the reply that a stage has completed with.
	 * @param value the value, any
	 * @param failure the exception, if it has failed
	 * @return the value, or a reply that brings it
	 * @throws Exception if it has failed
	 */
	static Reply known(@Nullable Object value, @Nullable Throwable failure) throws Exception {
		if (failure instanceof Exception ex) {
			throw ex;
		}
		if (failure != null) {
			throw new IllegalStateException("The stage has failed", failure);
		}
		return (value instanceof Reply reply) ? reply : Reply.ok(value);
	}

	// stages wrap what the stages before them have failed with
	static Throwable cause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

}
