package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

import io.clusterspring.presence.PresenceMessage.Ask;
import io.clusterspring.presence.PresenceMessage.Beat;
import io.clusterspring.presence.PresenceMessage.Delta;
import io.clusterspring.presence.PresenceMessage.Page;
import io.clusterspring.presence.PresenceMessage.Write;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * Encodes messages as frames, version 1, and decodes them. Random numbers have eight
 * bytes; all other numbers have a variable length.
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
record PresenceCodec(LongFunction<PresenceOrigin> origins, UnaryOperator<String> interned) {

	static byte[] write(PresenceMessage message) {
		FrameWriter out = new FrameWriter(FrameKind.PRESENCE);
		Map<String, Integer> topics = new HashMap<>();
		if (message instanceof Delta delta) {
			out.octet(0).longNumber(delta.incarnation()).number(delta.from());
			out.records(delta.writes(), (to, write) -> {
				PresenceMeta meta = write.meta();
				to.number(write.removed());
				if (meta != null) {
					write(to, meta, topics);
				}
			});
		}
		else if (message instanceof Beat beat) {
			out.octet(1).longNumber(beat.incarnation()).number(beat.clock());
		}
		else if (message instanceof Ask ask) {
			out.octet(2).longNumber(ask.token()).number(ask.after());
		}
		else if (message instanceof Page page) {
			out.octet(page.more() ? 4 : 3).longNumber(page.token()).longNumber(page.incarnation());
			out.number(page.clock()).records(page.metas(), (to, meta) -> write(to.number(meta.id()), meta, topics));
		}
		return out.frame();
	}

	private static void write(FrameWriter to, PresenceMeta meta, Map<String, Integer> topics) {
		to.number(meta.previous());
		Integer known = topics.putIfAbsent(meta.topic(), topics.size() + 1);
		to.number((known != null) ? known : 0);
		if (known == null) {
			to.text(meta.topic());
		}
		to.text(meta.key()).bytes(meta.json());
	}

	PresenceMessage read(ByteBuffer body) {
		return FrameReader.read(body, this::read);
	}

	private PresenceMessage read(FrameReader in) {
		int kind = in.octet();
		return switch (kind) {
			case 0 -> delta(in, new ArrayList<>());
			case 1 -> new Beat(in.longNumber(), in.number());
			case 2 -> new Ask(in.longNumber(), in.number());
			case 3, 4 -> page(in, kind == 4, new ArrayList<>());
			default -> throw FrameReader.unknown(kind);
		};
	}

	private Delta delta(FrameReader in, List<String> topics) {
		PresenceOrigin origin = this.origins.apply(in.longNumber());
		long from = in.number();
		long[] id = { from };
		List<Write> writes = in.records((each) -> {
			id[0] = id[0] + 1;
			long removed = each.number();
			return (removed != 0) ? Write.remove(removed) : Write.put(meta(each, origin, id[0], topics));
		});
		return new Delta(origin.incarnation(), from, writes);
	}

	private Page page(FrameReader in, boolean more, List<String> topics) {
		long token = in.longNumber();
		PresenceOrigin origin = this.origins.apply(in.longNumber());
		long clock = in.number();
		long[] last = { 0 };
		List<PresenceMeta> metas = in.records((each) -> {
			long id = each.number();
			FrameReader.check(id > last[0], "ids are not in ascending order");
			last[0] = id;
			return meta(each, origin, id, topics);
		});
		FrameReader.check(!more || !metas.isEmpty(), "an empty page cannot be followed");
		return new Page(token, origin.incarnation(), clock, more, metas);
	}

	private PresenceMeta meta(FrameReader in, PresenceOrigin origin, long id, List<String> topics) {
		long previous = in.number();
		int known = in.smallNumber();
		FrameReader.check(id > previous && known <= topics.size(), "an entry is inconsistent");
		if (known == 0) {
			String topic = in.text();
			FrameReader.check(!topic.isEmpty(), "a topic is empty");
			topics.add(this.interned.apply(topic));
		}
		String topic = topics.get(((known != 0) ? known : topics.size()) - 1);
		String key = in.text();
		byte[] json = in.bytes();
		FrameReader.check(json.length > 0 && json[0] == '{', "an entry is not a JSON object");
		return new PresenceMeta(origin, id, previous, topic, key, json);
	}

}
