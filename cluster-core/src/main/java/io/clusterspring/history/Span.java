package io.clusterspring.history;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Messages of a window: those after one number, up to another. */
final class Span {

	private final OriginWindow window;

	private final long to;

	private long at;

	Span(OriginWindow window, long after, long to) {
		this.window = window;
		this.at = Math.max(after, window.first() - 1);
		this.to = to;
	}

	static List<KeptMessage> merge(List<Span> spans, int max) {
		List<KeptMessage> messages = new ArrayList<>();
		Span next = next(spans);
		while (next != null && messages.size() < max) {
			next.at++;
			messages.add(next.window.get(next.at));
			next = next(spans);
		}
		return messages;
	}

	private static @Nullable Span next(List<Span> spans) {
		Span first = null;
		for (Span span : spans) {
			if (span.at < span.to && (first == null || span.published() - first.published() < 0)) {
				first = span;
			}
		}
		return first;
	}

	private long published() {
		return this.window.get(this.at + 1).published();
	}

}
