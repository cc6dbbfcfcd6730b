package io.clusterspring.http.events;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.clusterspring.history.HistoryPosition;
import io.clusterspring.text.Utf8;

/**
 * Writes server-sent events. No text from elsewhere can end its line, and so begin a
 * field or an event of its own.
 */
final class EventFrames {

	/** The event that tells a client where it is in the history of a topic. */
	static final String HISTORY = "$history";

	/** A comment, which clients ignore. */
	static final byte[] HEARTBEAT = bytes(":\n\n");

	/** In place of a position that is too long to be sent back; nobody can read it. */
	private static final String TOO_LONG = "-";

	// web servers take headers of 8 KB in all
	private static final int LONGEST_ID = 4096;

	private EventFrames() {
	}

	/**
	 * Write a broadcast.
	 * @param event its event
	 * @param json its payload; line breaks in it are white space of JSON
	 * @param position the position after it, {@code null} if the topic has no history
	 */
	static byte[] event(String event, ByteBuffer json, @Nullable HistoryPosition position) {
		byte[] head = bytes(id(position) + "event: " + oneLine(event) + "\ndata: ");
		ByteArrayOutputStream out = new ByteArrayOutputStream(head.length + json.remaining() + 2);
		out.writeBytes(head);
		for (int i = json.position(); i < json.limit(); i++) {
			byte next = json.get(i);
			out.write((next == '\r' || next == '\n') ? ' ' : next);
		}
		out.write('\n');
		out.write('\n');
		return out.toByteArray();
	}

	/**
	 * Write what a client needs to begin.
	 * @param millis the time after which it connects again
	 * @param position the position from which it goes on, {@code null} if the topic has
	 * no history
	 */
	static byte[] open(long millis, @Nullable HistoryPosition position) {
		return bytes("retry: " + millis + "\n" + id(position) + "\n");
	}

	/**
	 * Write the answer to a client that has come back.
	 * @param reason why messages may be missing, {@code null} if none is
	 */
	static byte[] history(HistoryPosition position, @Nullable String reason) {
		String data = (reason != null) ? "{\"recovered\":false,\"reason\":\"" + reason + "\"}" : "{\"recovered\":true}";
		return bytes(id(position) + "event: " + HISTORY + "\ndata: " + data + "\n\n");
	}

	private static String id(@Nullable HistoryPosition position) {
		if (position == null) {
			return "";
		}
		String text = position.toString();
		return "id: " + ((text.length() <= LONGEST_ID) ? text : TOO_LONG) + "\n";
	}

	private static String oneLine(String event) {
		return event.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
	}

	private static byte[] bytes(String text) {
		return Utf8.encode("Event", text);
	}

}
