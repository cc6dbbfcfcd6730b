package io.clusterspring.presence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import tools.jackson.core.io.JsonStringEncoder;

import io.clusterspring.text.Utf8;

/**
 * Writes the JSON for clients directly in UTF-8, without intermediate strings, because
 * states with thousands of entries are written often. Not thread-safe.
 */
final class PresenceJson {

	private static final byte[] METAS = ascii("{\"metas\":[");

	private static final byte[] REF = ascii("\"phx_ref\":\"");

	private static final byte[] PREVIOUS = ascii("\",\"phx_ref_prev\":\"");

	private static final byte[] END_OF_META = ascii("\"}");

	private byte[] bytes;

	private int size;

	PresenceJson(int capacity) {
		this.bytes = new byte[capacity];
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/** Write {@code presence_state}: an object with the entries by key. */
	PresenceJson state(Map<String, PresenceEntry> entries) {
		put('{');
		entries.forEach((key, entry) -> {
			if (this.size > 1) {
				put(',');
			}
			text(key);
			put(':');
			entry(entry.metas(), entry.fields());
		});
		return put('}');
	}

	/**
	 * Write an entry.
	 * @param fields further fields of the entry; may be empty
	 */
	PresenceJson entry(List<PresenceMeta> metas, byte[] fields) {
		put(METAS, METAS.length);
		for (int i = 0; i < metas.size(); i++) {
			if (i > 0) {
				put(',');
			}
			meta(metas.get(i));
		}
		put(']');
		if (fields.length > 0) {
			put(',').put(fields, fields.length);
		}
		return put('}');
	}

	/**
	 * Write a meta: the tracked JSON object with its references. The references come
	 * last, so that they replace fields of the same name.
	 */
	PresenceJson meta(PresenceMeta meta) {
		int fields = endOfFields(meta.json());
		put(meta.json(), fields);
		if (meta.json()[fields - 1] != '{') {
			put(',');
		}
		put(REF, REF.length).ref(meta, meta.id());
		if (meta.previous() != 0) {
			put(PREVIOUS, PREVIOUS.length).ref(meta, meta.previous());
		}
		return put(END_OF_META, END_OF_META.length);
	}

	private PresenceJson ref(PresenceMeta meta, long id) {
		byte[] ref = meta.origin().refBytes(id);
		return put(ref, ref.length);
	}

	/**
	 * Return the length of an object up to its last field, including the opening brace.
	 * @param object an object, maybe with surrounding whitespace
	 * @return the length without the closing brace
	 */
	static int endOfFields(byte[] object) {
		int end = endOfText(object, object.length);
		return endOfText(object, end - 1);
	}

	private static int endOfText(byte[] json, int length) {
		int end = length;
		while (end > 1 && json[end - 1] <= ' ' && json[end - 1] >= 0) {
			end--;
		}
		return end;
	}

	private void text(String text) {
		put('"');
		if (isPlain(text)) {
			room(text.length());
			for (int i = 0; i < text.length(); i++) {
				this.bytes[this.size++] = (byte) text.charAt(i);
			}
		}
		else {
			byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
			put(quoted, quoted.length);
		}
		put('"');
	}

	private static boolean isPlain(String text) {
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			if (next < ' ' || next > '~' || next == '"' || next == '\\') {
				return false;
			}
		}
		return true;
	}

	private PresenceJson put(char ascii) {
		room(1);
		this.bytes[this.size++] = (byte) ascii;
		return this;
	}

	private PresenceJson put(byte[] from, int length) {
		room(length);
		System.arraycopy(from, 0, this.bytes, this.size, length);
		this.size += length;
		return this;
	}

	private void room(int more) {
		if (this.size + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.size + more));
		}
	}

	byte[] toBytes() {
		return Arrays.copyOf(this.bytes, this.size);
	}

	@Override
	public String toString() {
		return Utf8.decode(toBytes());
	}

}
