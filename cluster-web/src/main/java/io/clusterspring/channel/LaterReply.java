package io.clusterspring.channel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A reply that is not known yet.
 *
 * @param stage completes with the reply, or with the response of an {@code ok} reply
 */
public record LaterReply(CompletionStage<? extends @Nullable Object> stage) implements Reply {

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
	public LaterReply ofCall() {
		return (this.stage instanceof CallStage) ? this : new LaterReply(callStage());
	}

	/**
	 * Return a transformed reply, bound to one call.
	 * @param step maps the result of this reply; not called if it fails
	 */
	public LaterReply map(Function<@Nullable Object, Reply> step) {
		return new LaterReply(callStage().then((value, failure) -> {
			if (failure != null) {
				throw new CompletionException(cause(failure));
			}
			return step.apply(value);
		}));
	}

	/**
	 * Complete a reply of one call that the channel no longer waits for, so that its
	 * observers are notified. The later result of its stage is ignored. Nothing happens
	 * if the reply is complete.
	 * @param reply the reply that the client gets instead
	 */
	public void settle(Reply reply) {
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
	 * @param failure the exception, or {@code null} if the stage has succeeded
	 * @return the value if it is a reply, or an {@code ok} reply with the value
	 * @throws Exception if the stage has failed
	 */
	public static Reply known(@Nullable Object value, @Nullable Throwable failure) throws Exception {
		if (failure instanceof Exception ex) {
			throw ex;
		}
		if (failure != null) {
			throw new IllegalStateException("The stage has failed", failure);
		}
		return (value instanceof Reply reply) ? reply : Reply.ok(value);
	}

	/**
	 * Return the exception of the first stage that has failed; each dependent stage wraps
	 * the exception of the stage before it.
	 */
	public static Throwable cause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

	/**
	 * The pending reply to one call of a handler. It completes with the handler's stage,
	 * which other calls may share and which may never complete. This stage always
	 * completes: when the channel stops waiting, the channel completes it.
	 */
	private static final class CallStage extends CompletableFuture<@Nullable Object> {

		/**
		 * Create a stage that completes with a handler's stage.
		 * @return the stage; it never completes with a {@link LaterReply}, because it
		 * waits for that as well
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

}
