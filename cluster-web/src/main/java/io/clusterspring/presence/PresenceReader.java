package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

import io.clusterspring.presence.PresenceMessage.Ask;
import io.clusterspring.presence.PresenceMessage.Beat;
import io.clusterspring.presence.PresenceMessage.Delta;
import io.clusterspring.presence.PresenceMessage.Page;
import io.clusterspring.presence.PresenceMessage.Write;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.MalformedFrameException;

/**
 * Decodes the messages of {@link PresenceWriter}.
 */
final class PresenceReader {

	private final FrameReader in;

	private final LongFunction<PresenceOrigin> origins;

	private final UnaryOperator<String> interned;

	private final List<String> topics = new ArrayList<>();

	private PresenceReader(FrameReader in, LongFunction<PresenceOrigin> origins, UnaryOperator<String> interned) {
		this.in = in;
		this.origins = origins;
		this.interned = interned;
	}

	/**
	 * Read a message.
	 * @param body the frame without its header
	 * @param origins returns the origin for an incarnation of the sender
	 * @param interned returns the shared instance of a topic's name
	 * @return the message
	 * @throws MalformedFrameException if the body is malformed
	 */
	static PresenceMessage read(ByteBuffer body, LongFunction<PresenceOrigin> origins, UnaryOperator<String> interned) {
		return FrameReader.read(body, (in) -> new PresenceReader(in, origins, interned).message());
	}

	private PresenceMessage message() {
		int kind = this.in.octet();
		return switch (kind) {
			case PresenceWriter.DELTA -> delta();
			case PresenceWriter.BEAT -> new Beat(this.in.longNumber(), this.in.number());
			case PresenceWriter.ASK -> new Ask(this.in.longNumber(), this.in.number());
			case PresenceWriter.PAGE, PresenceWriter.MORE -> page(kind == PresenceWriter.MORE);
			default -> throw FrameReader.unknown(kind);
		};
	}

	private Delta delta() {
		PresenceOrigin origin = this.origins.apply(this.in.longNumber());
		long from = this.in.number();
		long[] id = { from };
		List<Write> writes = this.in.records((each) -> {
			id[0] = id[0] + 1;
			long removed = each.number();
			return (removed != 0) ? Write.remove(removed) : Write.put(meta(origin, id[0]));
		});
		return new Delta(origin.incarnation(), from, writes);
	}

	private Page page(boolean more) {
		long token = this.in.longNumber();
		PresenceOrigin origin = this.origins.apply(this.in.longNumber());
		long clock = this.in.number();
		long[] last = { 0 };
		List<PresenceMeta> metas = this.in.records((each) -> {
			long id = each.number();
			FrameReader.check(id > last[0], "ids are not in ascending order");
			last[0] = id;
			return meta(origin, id);
		});
		FrameReader.check(!more || !metas.isEmpty(), "an empty page cannot be followed");
		return new Page(token, origin.incarnation(), clock, more, metas);
	}

	private PresenceMeta meta(PresenceOrigin origin, long id) {
		long previous = this.in.number();
		int known = this.in.smallNumber();
		FrameReader.check(id > previous && known <= this.topics.size(), "an entry is inconsistent");
		if (known == 0) {
			String topic = this.in.text();
			FrameReader.check(!topic.isEmpty(), "a topic is empty");
			this.topics.add(this.interned.apply(topic));
		}
		String topic = this.topics.get(((known != 0) ? known : this.topics.size()) - 1);
		String key = this.in.text();
		byte[] json = this.in.bytes();
		FrameReader.check(json.length > 0 && json[0] == '{', "an entry is not a JSON object");
		return new PresenceMeta(origin, id, previous, topic, key, json);
	}

}
