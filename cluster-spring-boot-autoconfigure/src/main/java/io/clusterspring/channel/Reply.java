package io.clusterspring.channel;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What a handler answers to a client's message.
 */
public sealed interface Reply permits ImmediateReply, LaterReply, NoReply {

	/**
	 * Tell what the reply is as soon as that is known: at once, or when the stage of a
	 * later one completes.
	 * @param action gets {@code ok}, {@code error} or {@code none}, and the exception if
	 * there is none of them because the stage has failed
	 */
	default void whenKnown(BiConsumer<@Nullable String, @Nullable Throwable> action) {
		action.accept("none", null);
	}

	/**
	 * Return this reply with another one in place of a failure that is not known yet.
	 * @param recovery gets the exception that the stage of a later reply has completed
	 * with, and returns what to reply, {@code null} to let the channel crash
	 * @return the reply, this one if it is not for later
	 */
	default Reply onFailure(Function<Throwable, @Nullable Reply> recovery) {
		return this;
	}

	/**
	 * Reply {@code ok} with an empty response.
	 * @return the reply
	 */
	static Reply ok() {
		return ok(Map.of());
	}

	/**
	 * Reply {@code ok}.
	 * @param response the response: {@code byte[]}, or what encodes to any JSON value
	 * @return the reply
	 */
	static Reply ok(@Nullable Object response) {
		return new ImmediateReply(true, response);
	}

	/**
	 * Reply {@code error}, or refuse a join.
	 * @param response the response, by convention with a {@code reason}
	 * @return the reply
	 */
	static Reply error(@Nullable Object response) {
		return new ImmediateReply(false, response);
	}

	/**
	 * Reply {@code error} with a reason, or refuse a join.
	 * @param reason the reason
	 * @return the reply
	 */
	static Reply refuse(String reason) {
		return error(Map.of("reason", reason));
	}

	/**
	 * Do not reply.
	 * @return the reply that is none
	 */
	static Reply none() {
		return NoReply.INSTANCE;
	}

	/**
	 * Reply when a stage completes: with a {@link Reply}, or with any other value as
	 * {@code ok}. If it completes exceptionally, the channel crashes. Other messages of
	 * the client are handled meanwhile.
	 * @param stage the stage
	 * @return the reply
	 */
	static Reply later(CompletionStage<? extends @Nullable Object> stage) {
		return new LaterReply(stage);
	}

}
