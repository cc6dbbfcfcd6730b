package io.clusterspring.jgroups.guard;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.clusterspring.RefusedPeer.Reason;

/**
 * The first words of both ends of a new connection, in plain text: which handshake they
 * speak, and whether they have a cookie and certificates of their own. It proves nothing
 * and settles nothing: each end goes on as it is configured, or not at all. Two nodes
 * that are configured in different ways so learn it, and a port scanner costs nothing
 * dear. A pure protocol, on streams.
 *
 * @param bundle whether this end has an SSL bundle
 */
record Preface(boolean cookie, boolean bundle) {

	private static final byte[] MAGIC = "cluster3".getBytes(StandardCharsets.US_ASCII);

	private static final int VERSION = MAGIC.length - 1;

	private static final int COOKIE = 1;

	private static final int BUNDLE = 2;

	private static final byte TLS_ALERT = 0x15;

	private static final byte TLS_HANDSHAKE = 0x16;

	void exchange(InputStream in, OutputStream out) throws IOException {
		out.write(bytes());
		out.flush();
		DataInputStream heard = new DataInputStream(in);
		byte[] magic = new byte[MAGIC.length];
		heard.readFully(magic);
		checkMagic(magic);
		int flags = heard.readUnsignedByte();
		check((flags & COOKIE) != 0, (flags & BUNDLE) != 0);
	}

	byte[] bytes() {
		byte[] said = Arrays.copyOf(MAGIC, MAGIC.length + 1);
		said[MAGIC.length] = (byte) ((this.cookie ? COOKIE : 0) | (this.bundle ? BUNDLE : 0));
		return said;
	}

	private static void checkMagic(byte[] magic) throws ConnectionRefusedException {
		if (Arrays.equals(magic, MAGIC)) {
			return;
		}
		if (magic[0] == TLS_ALERT || magic[0] == TLS_HANDSHAKE) {
			throw new ConnectionRefusedException(Reason.STRANGER,
					"it is no node of this release: it speaks TLS without a word before");
		}
		if (Arrays.equals(magic, 0, VERSION, MAGIC, 0, VERSION)) {
			throw new ConnectionRefusedException(Reason.VERSION, "it speaks version " + version(magic)
					+ " of the handshake, this node version " + version(MAGIC) + ": have one release on all nodes");
		}
		throw new ConnectionRefusedException(Reason.STRANGER, "it is no node: it does not speak as one");
	}

	private static String version(byte[] magic) {
		char version = (char) magic[VERSION];
		return (version > ' ' && version < 0x7f) ? String.valueOf(version) : "?";
	}

	private void check(boolean theirCookie, boolean theirBundle) throws ConnectionRefusedException {
		if (theirBundle != this.bundle) {
			throw new ConnectionRefusedException(Reason.TLS,
					(theirBundle) ? "it has TLS (cluster.ssl.bundle), this node has not"
							: "it has no TLS, this node has (cluster.ssl.bundle)");
		}
		if (theirCookie != this.cookie) {
			throw new ConnectionRefusedException(Reason.COOKIE,
					(theirCookie) ? "it has a cookie (cluster.cookie), this node has none"
							: "it has no cookie, this node has one (cluster.cookie)");
		}
	}

}
