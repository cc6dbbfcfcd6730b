package io.clusterspring.jgroups.guard;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.clusterspring.ClusterCookie;
import io.clusterspring.RefusedPeer.Reason;
import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * The words of the two ends of a new connection after the {@link Preface}, within TLS if
 * there is any: each proves that it has the cookie and that nobody is between them, and
 * names its cluster and the {@link SpokenVersions}. A pure protocol, on streams.
 *
 * <pre>
 * accepting end: nonce
 * opening end:   nonce, the certificates it sees, the address it looked for a node at,
 *                name of its cluster, versions, proof
 * accepting end: verdict; then, unless the cookie is wrong, name of its cluster,
 *                versions, proof
 * </pre>
 *
 * <p>
 * A proof covers all that was said before, and the part of the end that gives it. The
 * cookie does not cross the wire; a recorded proof is of no use, since nonces are new
 * each time; the proof of one end is none of the other. A process between two nodes that
 * ends TLS itself has shown one of them a certificate that the other does not see; one
 * that passes on all bytes is not at the address that the opening end looked at. Neither
 * can change what is said, without the cookie. The end that was called proves itself
 * last, so that a process that only calls gets nothing to try cookies on.
 */
final class Handshake {

	private static final int NONCE = 32;

	private static final int MAX_NAME = 4096;

	private static final int IPV4 = 4 + Short.BYTES;

	private static final int IPV6 = 16 + Short.BYTES;

	private static final String RELAYED = "a relay, a load balancer or NAT passes connections on "
			+ "(name the node's own address where it is looked for, or let its cluster.advertised name this one)";

	private static final byte OPENER = 0;

	private static final byte ADMITTED = 1;

	private static final byte WRONG_COOKIE = 2;

	private static final byte OTHER_CLUSTER = 3;

	private static final byte OTHER_CERTIFICATES = 4;

	private static final byte OTHER_ADDRESS = 5;

	private static final byte OTHER_VERSIONS = 6;

	private static final SecureRandom random = new SecureRandom();

	private final CookieProof proof;

	private final byte[] cluster;

	private final SpokenVersions versions;

	private final Supplier<byte[]> nonces;

	Handshake(@Nullable ClusterCookie cookie, String cluster, SpokenVersions versions) {
		this(cookie, cluster, versions, Handshake::nonce);
	}

	Handshake(@Nullable ClusterCookie cookie, String cluster, SpokenVersions versions, Supplier<byte[]> nonces) {
		this.versions = versions;
		this.nonces = nonces;
		this.proof = new CookieProof(cookie);
		this.cluster = Utf8.encode("The name of the cluster", cluster);
		Assert.isTrue(this.cluster.length <= MAX_NAME, "The name of the cluster is too long");
	}

	void open(InputStream in, OutputStream out, Certificates seen, InetSocketAddress sought) throws IOException {
		DataInputStream heard = new DataInputStream(in);
		byte[] theirs = read(heard, NONCE);
		byte[][] said = { theirs, this.nonces.get(), seen.bytes(), bytes(sought), this.cluster, this.versions.bytes() };
		write(out, said[1], said[2], octet(said[3].length), said[3], length(this.cluster), this.cluster,
				octet(said[5].length), said[5], this.proof.of(OPENER, said));
		byte verdict = heard.readByte();
		if (verdict == WRONG_COOKIE) {
			throw wrongCookie();
		}
		byte[] name = readName(heard);
		byte[] theirVersions = readShort(heard);
		if (!this.proof.isValid(read(heard, CookieProof.LENGTH), verdict, and(said, name, theirVersions))) {
			throw wrongCookie();
		}
		SpokenVersions spoken = SpokenVersions.read(theirVersions);
		switch (verdict) {
			case ADMITTED -> {
				if (!this.versions.fit(spoken)) {
					throw this.versions.refuse(spoken);
				}
			}
			case OTHER_CLUSTER -> throw otherCluster(name);
			case OTHER_VERSIONS -> throw this.versions.refuse(spoken);
			case OTHER_CERTIFICATES -> throw otherCertificates();
			case OTHER_ADDRESS -> throw new ConnectionRefusedException(Reason.RELAY,
					"the node that answers there is at another address: " + RELAYED);
			default -> throw stranger();
		}
	}

	void accept(InputStream in, OutputStream out, Certificates seen, Predicate<InetSocketAddress> own)
			throws IOException {
		DataInputStream heard = new DataInputStream(in);
		byte[] ours = this.nonces.get();
		write(out, ours);
		byte[][] said = { ours, read(heard, NONCE), read(heard, seen.bytes().length), readAddress(heard),
				readName(heard), readShort(heard) };
		if (!this.proof.isValid(read(heard, CookieProof.LENGTH), OPENER, said)) {
			write(out, octet(WRONG_COOKIE));
			throw wrongCookie();
		}
		InetSocketAddress sought = address(said[3]);
		byte verdict = verdict(said, seen, own.test(sought));
		byte[] spoken = this.versions.bytes();
		write(out, octet(verdict), length(this.cluster), this.cluster, octet(spoken.length), spoken,
				this.proof.of(verdict, and(said, this.cluster, spoken)));
		switch (verdict) {
			case OTHER_CLUSTER -> throw otherCluster(said[4]);
			case OTHER_VERSIONS -> throw this.versions.refuse(SpokenVersions.read(said[5]));
			case OTHER_CERTIFICATES -> throw otherCertificates();
			case OTHER_ADDRESS -> throw new ConnectionRefusedException(Reason.RELAY,
					"it looked for a node at " + sought.getAddress().getHostAddress() + ":" + sought.getPort()
							+ ", where this one is not: " + RELAYED);
			default -> {
			}
		}
	}

	private byte verdict(byte[][] said, Certificates seen, boolean found) {
		if (!Arrays.equals(said[4], this.cluster)) {
			return OTHER_CLUSTER;
		}
		if (!this.versions.fit(SpokenVersions.read(said[5]))) {
			return OTHER_VERSIONS;
		}
		if (!Arrays.equals(said[2], seen.bytes())) {
			return OTHER_CERTIFICATES;
		}
		return (found) ? ADMITTED : OTHER_ADDRESS;
	}

	private static byte[] readShort(DataInputStream in) throws IOException {
		return read(in, in.readUnsignedByte());
	}

	private static byte[] readAddress(DataInputStream in) throws IOException {
		int length = in.readUnsignedByte();
		if (length != IPV4 && length != IPV6) {
			throw stranger();
		}
		return read(in, length);
	}

	private static byte[] bytes(InetSocketAddress address) {
		byte[] host = address.getAddress().getAddress();
		return ByteBuffer.allocate(host.length + Short.BYTES).put(host).putShort((short) address.getPort()).array();
	}

	private static InetSocketAddress address(byte[] bytes) throws IOException {
		InetAddress host = InetAddress.getByAddress(Arrays.copyOf(bytes, bytes.length - Short.BYTES));
		int port = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(bytes.length - Short.BYTES));
		return new InetSocketAddress(host, port);
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

	private static byte[] octet(int value) {
		return new byte[] { (byte) value };
	}

	private static byte[][] and(byte[][] said, byte[]... more) {
		byte[][] all = Arrays.copyOf(said, said.length + more.length);
		System.arraycopy(more, 0, all, said.length, more.length);
		return all;
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
		String theirs = LogText.of(name);
		String ours = LogText.of(this.cluster);
		return new ConnectionRefusedException(Reason.CLUSTER,
				"it is of cluster '" + theirs + "', this node of '" + ours + "' (cluster.name)");
	}

	private static ConnectionRefusedException otherCertificates() {
		return new ConnectionRefusedException(Reason.RELAY,
				"the two nodes see different certificates: something between them reads along");
	}

	private static ConnectionRefusedException stranger() {
		return new ConnectionRefusedException(Reason.STRANGER, "it is no node: it does not speak as one");
	}

}
