package io.clusterspring.channel;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A reply that is not known yet.
 *
 * @param stage completes with the reply, or with the response of an {@code ok} reply
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
		return new LaterReply((this.stage instanceof CallStage call)
				? call.then((value, failure) -> recovered(value, failure, recovery))
				: this.stage.handle((value, failure) -> recovered(value, failure, recovery)));
	}

	/**
	 * Return this reply bound to one call. The channel can settle it without any effect
	 * on other calls that use the same stage.
	 * @return the reply; this one if it is bound already
	 */
	LaterReply ofCall() {
		return (this.stage instanceof CallStage) ? this : new LaterReply(callStage());
	}

	/**
	 * Return a transformed reply, bound to one call.
	 * @param step maps the result of this reply; not called if it fails
	 * @return the reply
	 */
	LaterReply map(Function<@Nullable Object, Reply> step) {
		return new LaterReply(callStage().then((value, failure) -> {
			if (failure != null) {
				throw new CompletionException(cause(failure));
			}
			return step.apply(value);
		}));
	}

	/**
	 * Complete a reply of one call that the channel no longer waits for, so that its
	 * observers are notified. The later result of its stage is ignored. Does nothing if
	 * the reply is complete.
	 * @param reply the reply that the client gets instead
	 */
	void settle(Reply reply) {
		if (this.stage instanceof CallStage call) {
			call.complete(reply);
		}
	}

	private CallStage callStage() {
		return (this.stage instanceof CallStage call) ? call : CallStage.of(this.stage);
	}

	private static @Nullable Object recovered(@Nullable Object value, @Nullable Throwable failure,
			Function<Throwable, @Nullable Reply> recovery) {
		if (failure != null) {
			return recover(cause(failure), recovery);
		}
		return (value instanceof Reply reply) ? reply.onFailure(recovery) : value;
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
	 * @param value the value, of any type
	 * @param failure the exception, or {@code null} if the stage has succeeded
	 * @return the value if it is a reply, or an {@code ok} reply with the value
	 * @throws Exception if the stage has failed
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

	// a dependent stage wraps the exception of the stage before it
	static Throwable cause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

}
