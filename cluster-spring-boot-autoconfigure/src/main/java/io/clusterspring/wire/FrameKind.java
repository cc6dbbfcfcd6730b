package io.clusterspring.wire;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * What a frame between nodes is. The first byte of each frame is the code of its kind,
 * the second the version of that kind's format; the rest is the body. Codes are never
 * used again for something else.
 */
public enum FrameKind {

	// 1 is not used: frames of topics began with it before there were kinds

	/** A message on a topic. */
	TOPIC(2, 1, "topic"),

	/** A message for Spring's STOMP broker. */
	STOMP_MESSAGE(3, 1, "stomp-message"),

	/** Changes to the STOMP sessions of a node. */
	STOMP_USERS(4, 1, "stomp-users"),

	/** Who is present on a node. */
	PRESENCE(5, 1, "presence"),

	/** What nodes say about distributed applications. */
	DISTRIBUTED(6, 1, "distributed"),

	/** The id of sockets to close. */
	DISCONNECT(7, 1, "disconnect"),

	/** A request of a client that polls, for the node that has its session. */
	LONG_POLL(8, 1, "long-poll"),

	/** Which kinds and versions a node reads. */
	HELLO(9, 1, "hello");

	/** How many bytes there are before the body. */
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
	 * Return the body of a frame of this node.
	 * @param frame the frame
	 * @return what follows the header
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
