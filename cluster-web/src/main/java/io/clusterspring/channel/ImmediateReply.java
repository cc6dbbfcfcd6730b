package io.clusterspring.channel;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A reply that is known at once.
 *
 * @param ok {@code true} for {@code ok}, {@code false} for {@code error}
 * @param response the response
 */
record ImmediateReply(boolean ok, @Nullable Object response) implements Reply {

	@Override
	public void whenKnown(BiConsumer<@Nullable String, @Nullable Throwable> action) {
		action.accept(this.ok ? "ok" : "error", null);
	}

}
