package io.clusterspring.channel;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.pubsub.Broadcast;

/**
 * The answer of a handler to a client's message.
 */
public sealed interface Reply permits ImmediateReply, LaterReply {

	/**
	 * Call an action with the status of the reply: at once, or, for a later reply, when
	 * its stage completes.
	 * @param action gets the status, or {@code none} if there is no reply; or
	 * {@code null} and the exception if the stage has failed
	 */
	default void whenKnown(BiConsumer<@Nullable String, @Nullable Throwable> action) {
		String status = ((ImmediateReply) this).status();
		action.accept((status != null) ? status : "none", null);
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
		return new ImmediateReply(ImmediateReply.OK, response);
	}

	/**
	 * Reply {@code error}, or refuse a join.
	 * @param response the response, by convention with a {@code reason}
	 * @return the reply
	 */
	static Reply error(@Nullable Object response) {
		return new ImmediateReply(ImmediateReply.ERROR, response);
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
	 * Reply with a status of the application's own, as a Phoenix channel may do:
	 * {@code push.receive("queued", ...)} of phoenix.js gets it. A join is decided by
	 * {@code ok} and {@code error} only; any other status refuses it with reason
	 * {@code join crashed}.
	 * @param status the status, 255 bytes at most
	 * @param response the response: {@code byte[]}, or a value that encodes to JSON
	 * @return the reply
	 * @throws IllegalArgumentException if the status is empty, too long or not
	 * well-formed
	 */
	static Reply of(String status, @Nullable Object response) {
		Assert.hasLength(status, "A reply needs a status; use Reply.none() for no reply");
		Broadcast.requireShort("Status", status);
		return new ImmediateReply(status, response);
	}

	/**
	 * Do not reply.
	 * @return the reply that sends nothing
	 */
	static Reply none() {
		return new ImmediateReply(null, null);
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
