package io.clusterspring.presence;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.clusterspring.presence.PresenceMessage.Ask;
import io.clusterspring.presence.PresenceMessage.Beat;
import io.clusterspring.presence.PresenceMessage.Page;
import io.clusterspring.presence.PresenceMessage.Write;

/**
 * Writes a message as bytes. Numbers are of variable length, seven bits a byte, but for
 * the random ones, which have eight bytes.
 *
 * <pre>
 * byte      version (1)
 * byte      0 delta, 1 beat, 2 ask, 3 page, 4 page with more to follow
 * delta:    incarnation, from, count, for each write the id that was removed, or 0 and
 *           a meta without id
 * beat:     incarnation, clock
 * ask:      token, after
 * page:     token, incarnation, clock, count, for each its id and a meta
 * meta:     id of which it is an update or 0, topic, key, JSON
 * topic:    0 and a text, or the position of a topic of this message, from 1 on
 * text:     length in bytes, UTF-8
 * </pre>
 */
final class PresenceWriter {

	static final int VERSION = 1;

	static final int DELTA = 0;

	static final int BEAT = 1;

	static final int ASK = 2;

	static final int PAGE = 3;

	static final int MORE = 4;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

	private final Map<String, Integer> topics = new HashMap<>();

	private PresenceWriter() {
	}

	static byte[] write(PresenceMessage message) {
		PresenceWriter writer = new PresenceWriter();
		writer.out.write(VERSION);
		if (message instanceof PresenceDelta delta) {
			writer.kind(DELTA).random(delta.incarnation()).number(delta.from()).writes(delta.writes());
		}
		else if (message instanceof Beat beat) {
			writer.kind(BEAT).random(beat.incarnation()).number(beat.clock());
		}
		else if (message instanceof Ask ask) {
			writer.kind(ASK).random(ask.token()).number(ask.after());
		}
		else if (message instanceof Page page) {
			writer.kind(page.more() ? MORE : PAGE)
				.random(page.token())
				.random(page.incarnation())
				.number(page.clock())
				.number(page.metas().size());
			page.metas().forEach((meta) -> writer.number(meta.id()).meta(meta));
		}
		return writer.out.toByteArray();
	}

	private PresenceWriter kind(int kind) {
		this.out.write(kind);
		return this;
	}

	private PresenceWriter random(long value) {
		for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
			this.out.write((int) (value >>> shift));
		}
		return this;
	}

	private PresenceWriter number(long value) {
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			this.out.write((int) (rest & 0x7F | 0x80));
			rest >>>= 7;
		}
		this.out.write((int) rest);
		return this;
	}

	private void writes(List<Write> writes) {
		number(writes.size());
		for (Write write : writes) {
			number(write.removed());
			PresenceMeta meta = write.meta();
			if (meta != null) {
				meta(meta);
			}
		}
	}

	private void meta(PresenceMeta meta) {
		number(meta.previous());
		Integer known = this.topics.putIfAbsent(meta.topic(), this.topics.size() + 1);
		number((known != null) ? known : 0);
		if (known == null) {
			bytes(meta.topic().getBytes(StandardCharsets.UTF_8));
		}
		bytes(meta.key().getBytes(StandardCharsets.UTF_8));
		bytes(meta.json());
	}

	private void bytes(byte[] bytes) {
		number(bytes.length);
		this.out.writeBytes(bytes);
	}

}
