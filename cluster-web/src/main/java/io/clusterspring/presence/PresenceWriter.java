package io.clusterspring.presence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.clusterspring.presence.PresenceMessage.Ask;
import io.clusterspring.presence.PresenceMessage.Beat;
import io.clusterspring.presence.PresenceMessage.Delta;
import io.clusterspring.presence.PresenceMessage.Page;
import io.clusterspring.presence.PresenceMessage.Write;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameWriter;

/**
 * Encodes a message as a frame, version 1. Random numbers have eight bytes; all other
 * numbers have a variable length.
 *
 * <pre>
 * byte      0 delta, 1 beat, 2 ask, 3 page, 4 page with more to follow
 * delta:    incarnation, from, a record for each write: the removed id, or 0 and a meta
 *           without id
 * beat:     incarnation, clock
 * ask:      token, after
 * page:     token, incarnation, clock, a record for each meta: its id and the meta
 * meta:     id of the updated meta or 0, topic, key, JSON
 * topic:    0 and a text, or the position of a topic of this message, from 1 on
 * </pre>
 */
final class PresenceWriter {

	static final int DELTA = 0;

	static final int BEAT = 1;

	static final int ASK = 2;

	static final int PAGE = 3;

	static final int MORE = 4;

	private final FrameWriter out = new FrameWriter(FrameKind.PRESENCE);

	private final Map<String, Integer> topics = new HashMap<>();

	private PresenceWriter() {
	}

	static byte[] write(PresenceMessage message) {
		PresenceWriter writer = new PresenceWriter();
		FrameWriter out = writer.out;
		if (message instanceof Delta delta) {
			out.octet(DELTA).longNumber(delta.incarnation()).number(delta.from());
			writer.writes(delta.writes());
		}
		else if (message instanceof Beat beat) {
			out.octet(BEAT).longNumber(beat.incarnation()).number(beat.clock());
		}
		else if (message instanceof Ask ask) {
			out.octet(ASK).longNumber(ask.token()).number(ask.after());
		}
		else if (message instanceof Page page) {
			out.octet(page.more() ? MORE : PAGE).longNumber(page.token()).longNumber(page.incarnation());
			out.number(page.clock()).records(page.metas(), (to, meta) -> writer.meta(to.number(meta.id()), meta));
		}
		return out.frame();
	}

	private void writes(List<Write> writes) {
		this.out.records(writes, (to, write) -> {
			to.number(write.removed());
			PresenceMeta meta = write.meta();
			if (meta != null) {
				meta(to, meta);
			}
		});
	}

	private void meta(FrameWriter to, PresenceMeta meta) {
		to.number(meta.previous());
		Integer known = this.topics.putIfAbsent(meta.topic(), this.topics.size() + 1);
		to.number((known != null) ? known : 0);
		if (known == null) {
			to.text(meta.topic());
		}
		to.text(meta.key()).bytes(meta.json());
	}

}
