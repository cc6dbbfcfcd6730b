package io.clusterspring.presence;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

import org.springframework.util.Assert;

import io.clusterspring.presence.PresenceMessage.Ask;
import io.clusterspring.presence.PresenceMessage.Beat;
import io.clusterspring.presence.PresenceMessage.Page;
import io.clusterspring.presence.PresenceMessage.Write;

/**
 * Reads what {@link PresenceWriter} has written.
 */
final class PresenceReader {

	private final ByteBuffer in;

	private final LongFunction<PresenceOrigin> origins;

	private final UnaryOperator<String> interned;

	private final List<String> topics = new ArrayList<>();

	private PresenceReader(ByteBuffer in, LongFunction<PresenceOrigin> origins, UnaryOperator<String> interned) {
		this.in = in;
		this.origins = origins;
		this.interned = interned;
	}

	/**
	 * Read a message.
	 * @param bytes the bytes
	 * @param origins the sender, by incarnation
	 * @param interned returns the instance of a topic's name to use
	 * @return the message
	 * @throws IllegalArgumentException if it is not a message of this version
	 */
	static PresenceMessage read(ByteBuffer bytes, LongFunction<PresenceOrigin> origins,
			UnaryOperator<String> interned) {
		try {
			return new PresenceReader(bytes, origins, interned).message();
		}
		catch (BufferUnderflowException | IndexOutOfBoundsException ex) {
			throw new IllegalArgumentException("Truncated message", ex);
		}
	}

	private PresenceMessage message() {
		int version = this.in.get();
		Assert.isTrue(version == PresenceWriter.VERSION, () -> "Unknown version " + version);
		int kind = this.in.get();
		return switch (kind) {
			case PresenceWriter.DELTA -> delta();
			case PresenceWriter.BEAT -> new Beat(this.in.getLong(), number());
			case PresenceWriter.ASK -> new Ask(this.in.getLong(), number());
			case PresenceWriter.PAGE, PresenceWriter.MORE -> page(kind == PresenceWriter.MORE);
			default -> throw new IllegalArgumentException("Unknown kind " + kind);
		};
	}

	private PresenceDelta delta() {
		PresenceOrigin origin = this.origins.apply(this.in.getLong());
		long from = number();
		long count = number();
		List<Write> writes = new ArrayList<>();
		for (long id = from + 1; id <= from + count; id++) {
			long removed = number();
			writes.add((removed != 0) ? Write.remove(removed) : Write.put(meta(origin, id)));
		}
		return new PresenceDelta(origin.incarnation(), from, writes);
	}

	private Page page(boolean more) {
		long token = this.in.getLong();
		PresenceOrigin origin = this.origins.apply(this.in.getLong());
		long clock = number();
		long count = number();
		Assert.isTrue(!more || count > 0, "An empty page cannot be followed");
		List<PresenceMeta> metas = new ArrayList<>();
		for (long i = 0; i < count; i++) {
			metas.add(meta(origin, number()));
		}
		return new Page(token, origin.incarnation(), clock, more, metas);
	}

	private PresenceMeta meta(PresenceOrigin origin, long id) {
		long previous = number();
		int known = (int) number();
		if (known == 0) {
			this.topics.add(this.interned.apply(text()));
		}
		String topic = this.topics.get((known != 0) ? known - 1 : this.topics.size() - 1);
		return new PresenceMeta(origin, id, previous, topic, text(), bytes());
	}

	private long number() {
		long value = 0;
		for (int shift = 0; shift < Long.SIZE; shift += 7) {
			byte next = this.in.get();
			value |= (next & 0x7FL) << shift;
			if (next >= 0) {
				return value;
			}
		}
		throw new IllegalArgumentException("A number is too long");
	}

	private String text() {
		return new String(bytes(), StandardCharsets.UTF_8);
	}

	private byte[] bytes() {
		long length = number();
		Assert.isTrue(length >= 0 && length <= this.in.remaining(), "Truncated message");
		byte[] bytes = new byte[(int) length];
		this.in.get(bytes);
		return bytes;
	}

}
