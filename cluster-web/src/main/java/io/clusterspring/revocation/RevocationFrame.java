package io.clusterspring.revocation;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.clusterspring.text.Utf8;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * The frame that tells other nodes of revocations. Version 1 of the format: records, each
 * with the subject of its key (a byte: 0 socket id, 1 user of channels, 2 user of STOMP,
 * 3 HTTP session), the effect (a byte: 0 earlier sockets, 1 all of an ended session, 2 a
 * new name, 3 earlier sockets of all keys, 4 a question for what was revoked since), how
 * many milliseconds ago it happened (a number), the name (a text) and, with effect 2, the
 * new name (a text). A record with another subject or effect is left out.
 */
final class RevocationFrame {

	// a hostile number must not move the time forwards
	private static final long MAX_AGE = TimeUnit.DAYS.toMillis(1);

	private static final RevocationKey.Subject[] SUBJECTS = RevocationKey.Subject.values();

	private static final Revocation.Effect[] EFFECTS = Revocation.Effect.values();

	private RevocationFrame() {
	}

	static byte[] encode(List<Revocation> revocations, long now) {
		return new FrameWriter(FrameKind.REVOCATION).records(revocations, (to, each) -> write(to, each, now)).frame();
	}

	private static void write(FrameWriter to, Revocation revocation, long now) {
		long age = Math.max(0, TimeUnit.NANOSECONDS.toMillis(now - revocation.at()));
		to.octet(revocation.key().subject().ordinal()).octet(revocation.effect().ordinal());
		to.number(age).text(revocation.key().name());
		if (revocation.next() != null) {
			to.text(revocation.next());
		}
	}

	static List<Revocation> decode(ByteBuffer body, long now) {
		return FrameReader.read(body, (in) -> in.records((from) -> read(from, now)));
	}

	private static @Nullable Revocation read(FrameReader in, long now) {
		int subject = in.octet();
		int effect = in.octet();
		long at = now - TimeUnit.MILLISECONDS.toNanos(Math.min(in.number(), MAX_AGE));
		String name = in.text();
		if (subject >= SUBJECTS.length || effect >= EFFECTS.length) {
			return null;
		}
		boolean renamed = EFFECTS[effect] == Revocation.Effect.RENAME;
		String next = renamed ? in.text() : null;
		// other keys have neither an end nor another name
		boolean possible = effect == 0 || SUBJECTS[subject] == RevocationKey.Subject.SESSION;
		return possible ? new Revocation(new RevocationKey(SUBJECTS[subject], name), EFFECTS[effect], at, next) : null;
	}

	/**
	 * Return the approximate size of a revocation in a frame.
	 * @param revocation the revocation
	 * @return the number of bytes
	 */
	static long size(Revocation revocation) {
		return Utf8.length(revocation.key().name()) + ((revocation.next() != null) ? Utf8.length(revocation.next()) : 0)
				+ Long.BYTES;
	}

	/**
	 * The frame that closes the sockets with an id, which nodes of the first release know
	 * as well. The body, in version 1, is the id as text.
	 * @param id the id
	 * @return the frame
	 */
	static byte[] disconnect(String id) {
		return new FrameWriter(FrameKind.DISCONNECT).text(id).frame();
	}

	static String disconnected(ByteBuffer body) {
		return FrameReader.read(body, FrameReader::text);
	}

}
