package io.clusterspring.jgroups;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.ClusterCookie;
import io.clusterspring.RefusedPeer.Reason;

/**
 * What the two ends of a new connection say before anything else: each proves that it has
 * the cookie, and names its cluster. A pure protocol, on streams.
 *
 * <pre>
 * accepting end: magic, nonce
 * opening end:   magic, nonce, proof, name of its cluster
 * accepting end: verdict; then, unless the cookie is wrong, proof and name of its cluster
 * </pre>
 *
 * <p>
 * A proof covers the end that gives it, both nonces and the name. The cookie does not
 * cross the wire; a recorded proof is of no use, since nonces are new each time; the
 * proof of one end is none of the other. The end that was called proves itself last, so
 * that who only calls gets nothing to try cookies on. Not kept out is who can change
 * packets on their way: that takes TLS.
 */
final class Handshake {

	private static final byte[] MAGIC = "cluster1".getBytes(StandardCharsets.US_ASCII);

	private static final int NONCE = 32;

	private static final int MAX_NAME = 4096;

	private static final byte OPENER = 0;

	private static final byte ADMITTED = 1;

	private static final byte WRONG_COOKIE = 2;

	private static final byte OTHER_CLUSTER = 3;

	private static final byte TLS_ALERT = 0x15;

	private static final byte TLS_HANDSHAKE = 0x16;

	private static final SecureRandom random = new SecureRandom();

	private final CookieProof proof;

	private final byte[] cluster;

	Handshake(@Nullable ClusterCookie cookie, String cluster) {
		this.proof = new CookieProof(cookie);
		this.cluster = cluster.getBytes(StandardCharsets.UTF_8);
		Assert.isTrue(this.cluster.length <= MAX_NAME, "The name of the cluster is too long");
	}

	/**
	 * Take the part of the opening end.
	 * @param in from the other end
	 * @param out to the other end
	 * @param first whether to speak first, so that an end that expects TLS knows at once;
	 * within TLS the other end speaks first, as it may have refused the certificate
	 * @throws IOException if the connection is broken, or the ends are not in one cluster
	 */
	void open(InputStream in, OutputStream out, boolean first) throws IOException {
		DataInputStream heard = new DataInputStream(in);
		if (first) {
			write(out, MAGIC);
		}
		readMagic(heard);
		byte[] theirs = read(heard, NONCE);
		byte[] ours = nonce();
		byte[] own = this.proof.of(OPENER, theirs, ours, this.cluster);
		write(out, (first) ? new byte[0] : MAGIC, ours, own, length(this.cluster), this.cluster);
		byte verdict = heard.readByte();
		if (verdict == WRONG_COOKIE) {
			throw wrongCookie();
		}
		byte[] given = read(heard, CookieProof.LENGTH);
		byte[] name = readName(heard);
		if (!this.proof.isValid(given, verdict, theirs, ours, name)) {
			throw wrongCookie();
		}
		if (verdict != ADMITTED) {
			throw otherCluster(name);
		}
	}

	/**
	 * Take the part of the accepting end.
	 * @param in from the other end
	 * @param out to the other end
	 * @throws IOException if the connection is broken, or the ends are not in one cluster
	 */
	void accept(InputStream in, OutputStream out) throws IOException {
		DataInputStream heard = new DataInputStream(in);
		byte[] ours = nonce();
		write(out, MAGIC, ours);
		readMagic(heard);
		byte[] theirs = read(heard, NONCE);
		byte[] given = read(heard, CookieProof.LENGTH);
		byte[] name = readName(heard);
		if (!this.proof.isValid(given, OPENER, ours, theirs, name)) {
			out.write(WRONG_COOKIE);
			throw wrongCookie();
		}
		boolean same = Arrays.equals(name, this.cluster);
		byte verdict = (same) ? ADMITTED : OTHER_CLUSTER;
		byte[] own = this.proof.of(verdict, ours, theirs, this.cluster);
		write(out, new byte[] { verdict }, own, length(this.cluster), this.cluster);
		if (!same) {
			throw otherCluster(name);
		}
	}

	private static void readMagic(DataInputStream in) throws IOException {
		byte[] magic = read(in, MAGIC.length);
		if (magic[0] == TLS_ALERT || magic[0] == TLS_HANDSHAKE) {
			throw new ConnectionRefusedException(Reason.TLS, "it has TLS (cluster.ssl.bundle), this node has not");
		}
		if (!Arrays.equals(magic, MAGIC)) {
			throw stranger();
		}
	}

	private static byte[] readName(DataInputStream in) throws IOException {
		int length = in.readUnsignedShort();
		if (length > MAX_NAME) {
			throw stranger();
		}
		return read(in, length);
	}

	private static byte[] read(DataInputStream in, int length) throws IOException {
		byte[] bytes = new byte[length];
		in.readFully(bytes);
		return bytes;
	}

	private static byte[] nonce() {
		byte[] nonce = new byte[NONCE];
		random.nextBytes(nonce);
		return nonce;
	}

	private static byte[] length(byte[] bytes) {
		return ByteBuffer.allocate(Short.BYTES).putShort((short) bytes.length).array();
	}

	private static void write(OutputStream out, byte[]... parts) throws IOException {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			whole.writeBytes(part);
		}
		out.write(whole.toByteArray());
		out.flush();
	}

	private static ConnectionRefusedException wrongCookie() {
		return new ConnectionRefusedException(Reason.COOKIE,
				"wrong cookie: its cluster.cookie is not the one of this node");
	}

	private ConnectionRefusedException otherCluster(byte[] name) {
		String theirs = new String(name, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
		String ours = new String(this.cluster, StandardCharsets.UTF_8);
		return new ConnectionRefusedException(Reason.CLUSTER,
				"it is of cluster '" + theirs + "', this node of '" + ours + "' (cluster.name)");
	}

	private static ConnectionRefusedException stranger() {
		return new ConnectionRefusedException(Reason.STRANGER, "it is no node: it does not speak as one");
	}

}
