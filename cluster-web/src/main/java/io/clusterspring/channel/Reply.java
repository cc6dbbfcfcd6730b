package io.clusterspring.channel;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.ImmediateReply.Kind;

/**
 * The answer of a handler to a client's message.
 */
public sealed interface Reply permits ImmediateReply, LaterReply {

	/**
	 * Call an action with the status of the reply: at once, or, for a later reply, when
	 * its stage completes.
	 * @param action gets {@code ok}, {@code error} or {@code none}; or {@code null} and
	 * the exception if the stage has failed
	 */
	default void whenKnown(BiConsumer<@Nullable String, @Nullable Throwable> action) {
		action.accept(((ImmediateReply) this).kind().name().toLowerCase(Locale.ROOT), null);
	}

	/**
	 * Return a reply that recovers from a failed stage.
	 * @param recovery maps the exception of the stage to the reply to send, or to
	 * {@code null} to let the channel crash
	 * @return the recovering reply; this one if it is not a later reply
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
	 * @param response the response: {@code byte[]}, or a value that encodes to JSON
	 * @return the reply
	 */
	static Reply ok(@Nullable Object response) {
		return new ImmediateReply(Kind.OK, response);
	}

	/**
	 * Reply {@code error}, or refuse a join.
	 * @param response the response, by convention with a {@code reason}
	 * @return the reply
	 */
	static Reply error(@Nullable Object response) {
		return new ImmediateReply(Kind.ERROR, response);
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
	 * @return the reply that sends nothing
	 */
	static Reply none() {
		return new ImmediateReply(Kind.NONE, null);
	}

	/**
	 * Reply when a stage completes. If it completes with a {@link Reply}, that is sent;
	 * any other value becomes an {@code ok} reply. If it completes exceptionally, the
	 * channel crashes. Other messages of the client are handled meanwhile.
	 * @param stage the stage
	 * @return the reply
	 */
	static Reply later(CompletionStage<? extends @Nullable Object> stage) {
		return new LaterReply(stage);
	}

}
