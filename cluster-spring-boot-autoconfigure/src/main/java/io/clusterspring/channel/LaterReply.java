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
		return new LaterReply((this.stage instanceof CallStage call)
				? call.then((value, failure) -> recovered(value, failure, recovery))
				: this.stage.handle((value, failure) -> recovered(value, failure, recovery)));
	}

	/**
	 * Return this reply for one call only: the channel can settle it, whoever else waits
	 * for the same stage.
	 * @return the reply, this one if it is of one call
	 */
	LaterReply ofCall() {
		return (this.stage instanceof CallStage) ? this : new LaterReply(callStage());
	}

	/**
	 * Return a reply of one call that brings something else.
	 * @param step gets what this one brings, unless it fails
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
	 * End a reply of one call that is not waited for any longer, so that those who want
	 * to know it do. What its stage brings is ignored from now on. Does nothing if it is
	 * known.
	 * @param reply what the client gets instead
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
