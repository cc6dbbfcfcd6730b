package io.clusterspring.samples.chat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.phoenixframework.Message;

/**
 * The position of a client of Java on one topic with history, as an application has to
 * keep it.
 */
final class JavaPosition {

	private final Map<String, Long> numbers = new TreeMap<>();

	private final List<Boolean> answers = new CopyOnWriteArrayList<>();

	private long contact;

	/** Take the position of a message, on a thread of the client. */
	synchronized void heard(Message message) {
		Map<String, Object> payload = message.getPayload();
		if (message.getEvent().equals("$history")) {
			if (payload.containsKey("recovered")) {
				this.answers.add((Boolean) payload.get("recovered"));
				this.numbers.clear();
			}
			merge((String) payload.get("position"));
		}
		else if (message.getRef() != null && message.getRef().contains(":")) {
			merge(message.getRef());
		}
	}

	private void merge(String text) {
		for (String part : text.split(",")) {
			int colon = part.lastIndexOf(':');
			if (colon > 0) {
				this.numbers.merge(part.substring(0, colon), Long.valueOf(part.substring(colon + 1)), Math::max);
			}
		}
		this.contact = System.nanoTime();
	}

	synchronized boolean isKnown() {
		return !this.answers.isEmpty();
	}

	/** Return the parameters of the next join. */
	synchronized Map<String, Object> params() {
		String position = this.numbers.entrySet()
			.stream()
			.map((part) -> part.getKey() + ":" + part.getValue())
			.collect(Collectors.joining(","));
		return Map.of("$history", isKnown() ? Map.of("position", position, "away", away()) : Map.of());
	}

	private long away() {
		return (System.nanoTime() - this.contact) / 1_000_000;
	}

	/** The answers to joins: {@code null} to the first one. */
	List<Boolean> answers() {
		return this.answers;
	}

}
