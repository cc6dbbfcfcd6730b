package io.clusterspring.http.publish;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.clusterspring.history.MessagePosition;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * The frame that tells other nodes of handled requests. Version 1 of the format: records,
 * each with the hash of the key (16 bytes), the hash of the body (16 bytes), how many
 * milliseconds ago the request was handled (a number), how many messages it had (a
 * number), and whether the topic has a history (a flag); if it has, the origin (8 bytes)
 * and the number of the last message.
 */
final class PublishedFrame {

	// a hostile number must not move the time forwards
	private static final long MAX_AGE = TimeUnit.DAYS.toMillis(365);

	private PublishedFrame() {
	}

	static byte[] encode(List<Handled> requests, long now) {
		return new FrameWriter(FrameKind.PUBLISHED).records(requests, (to, each) -> write(to, each, now)).frame();
	}

	private static void write(FrameWriter to, Handled request, long now) {
		MessagePosition position = request.position();
		to.longNumber(request.key().high()).longNumber(request.key().low());
		to.longNumber(request.body().high()).longNumber(request.body().low());
		to.number(Math.max(0, TimeUnit.NANOSECONDS.toMillis(now - request.at()))).number(request.messages());
		to.flag(position != null);
		if (position != null) {
			to.longNumber(position.origin()).number(position.number());
		}
	}

	static List<Handled> decode(ByteBuffer body, long now) {
		return FrameReader.read(body, (in) -> in.records((from) -> read(from, now)));
	}

	private static Handled read(FrameReader in, long now) {
		RequestKey key = new RequestKey(in.longNumber(), in.longNumber());
		RequestKey body = new RequestKey(in.longNumber(), in.longNumber());
		long at = now - TimeUnit.MILLISECONDS.toNanos(Math.min(in.number(), MAX_AGE));
		int messages = in.smallNumber();
		return new Handled(key, body, messages, position(in), at);
	}

	private static @Nullable MessagePosition position(FrameReader in) {
		return in.flag() ? new MessagePosition(in.longNumber(), in.number()) : null;
	}

}
