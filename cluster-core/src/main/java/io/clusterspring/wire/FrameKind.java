package io.clusterspring.wire;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of frames between nodes. The first byte of a frame is the code of its kind,
 * the second byte is the version of that kind's format, and the rest is the body. The
 * code of a kind is never given to another kind.
 */
public enum FrameKind {

	// 1 stays unused: frames of topics began with it before there were kinds

	/** A message on a topic. */
	TOPIC(2, 1, "topic"),

	/** A message for Spring's STOMP broker. */
	STOMP_MESSAGE(3, 1, "stomp-message"),

	/** Changes to the STOMP sessions of a node. */
	STOMP_USERS(4, 1, "stomp-users"),

	/** The presence entries of a node. */
	PRESENCE(5, 1, "presence"),

	/** Reports and votes about distributed applications. */
	DISTRIBUTED(6, 1, "distributed"),

	/** The id of the sockets to close. */
	DISCONNECT(7, 1, "disconnect"),

	/** A long-poll request, forwarded to the node with the session. */
	LONG_POLL(8, 1, "long-poll"),

	/** The kinds and versions that a node reads. */
	HELLO(9, 1, "hello"),

	/** The end of a right to sockets. */
	REVOCATION(10, 1, "revocation"),

	/** Messages of topics with history, and what nodes tell each other about them. */
	HISTORY(11, 1, "history"),

	/** The topics that a node listens to. */
	INTEREST(12, 1, "interest"),

	/** The same as {@link #HISTORY}, for destinations of Spring's STOMP broker. */
	STOMP_HISTORY(13, 1, "stomp-history"),

	/** Questions of operators about all nodes, and their answers. */
	INSPECTION(14, 1, "inspection"),

	/** The requests of other programs whose messages were published. */
	PUBLISHED(15, 1, "published");

	/** The number of bytes before the body. */
	public static final int HEADER = 2;

	private static final int OCTET = 0xFF;

	private static final @Nullable FrameKind[] BY_CODE = new @Nullable FrameKind[OCTET + 1];

	static {
		for (FrameKind kind : values()) {
			BY_CODE[kind.code] = kind;
		}
	}

	private final int code;

	private final int version;

	private final String label;

	FrameKind(int code, int version, String label) {
		this.code = code;
		this.version = version;
		this.label = label;
	}

	/**
	 * Return the first byte of frames of this kind.
	 * @return a number from 0 to 255
	 */
	public byte code() {
		return (byte) this.code;
	}

	/**
	 * Return the second byte of frames of this kind.
	 * @return the highest version of the format that this node reads
	 */
	public byte version() {
		return (byte) this.version;
	}

	/**
	 * Return the name for logs and meters.
	 * @return a short name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Return the body of a frame that this node has written.
	 * @return the bytes after the header
	 */
	public static ByteBuffer body(byte[] frame) {
		return ByteBuffer.wrap(frame, HEADER, frame.length - HEADER).slice();
	}

	/**
	 * Find a kind.
	 * @param code the first byte of a frame
	 * @return the kind, {@code null} if this node does not know it
	 */
	static @Nullable FrameKind of(byte code) {
		return BY_CODE[code & OCTET];
	}

}
