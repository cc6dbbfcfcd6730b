package io.clusterspring.jgroups.frame;

import io.clusterspring.FrameRefusal;
import io.clusterspring.jgroups.flow.PartBounds;

/**
 * Walks over bytes in the engine's encoding without making anything of them. Bytes that
 * are not there, or cannot be, are refused. Not thread-safe.
 */
final class WireBytes {

	private static final int LARGEST_TEXT = 4096;

	private final byte[] bytes;

	private final PartBounds parts;

	private final int end;

	private int position;

	WireBytes(byte[] bytes, int offset, int length, PartBounds parts) {
		this.bytes = bytes;
		this.parts = parts;
		this.position = offset;
		this.end = offset + length;
	}

	PartBounds parts() {
		return this.parts;
	}

	int left() {
		return this.end - this.position;
	}

	void end() throws RefusedFrameException {
		if (left() != 0) {
			throw malformed("bytes after its end");
		}
	}

	void skip(long count) throws RefusedFrameException {
		if (count < 0 || count > left()) {
			throw malformed("it ends too early");
		}
		this.position += (int) count;
	}

	int unsignedByte() throws RefusedFrameException {
		skip(1);
		return this.bytes[this.position - 1] & 0xff;
	}

	boolean flag() throws RefusedFrameException {
		return unsignedByte() != 0;
	}

	int signedShort() throws RefusedFrameException {
		skip(Short.BYTES);
		return (short) ((this.bytes[this.position - 2] << 8) | (this.bytes[this.position - 1] & 0xff));
	}

	int signedInt() throws RefusedFrameException {
		return (signedShort() << 16) | (signedShort() & 0xffff);
	}

	// of as many bytes as the byte before it says
	void number() throws RefusedFrameException {
		skip(width(Long.BYTES));
	}

	// of as many bytes as the byte before it says
	int smallNumber() throws RefusedFrameException {
		int width = width(Integer.BYTES);
		int value = 0;
		for (int i = 0; i < width; i++) {
			value |= unsignedByte() << (i * Byte.SIZE);
		}
		return value;
	}

	private int width(int most) throws RefusedFrameException {
		int width = unsignedByte();
		if (width > most) {
			throw malformed("a number of " + width + " bytes");
		}
		return width;
	}

	// each of them takes some bytes at least
	int count(int smallest) throws RefusedFrameException {
		return bounded(signedInt(), smallest);
	}

	int shortCount(int smallest) throws RefusedFrameException {
		return bounded(signedShort(), smallest);
	}

	private int bounded(int count, int smallest) throws RefusedFrameException {
		if (count < 0 || count > left() / smallest) {
			throw malformed("more elements than it has room for");
		}
		return count;
	}

	// may be absent
	void text() throws RefusedFrameException {
		if (unsignedByte() == 1) {
			utf();
		}
	}

	// as DataInput.readUTF reads it
	void utf() throws RefusedFrameException {
		int length = signedShort() & 0xffff;
		if (length > LARGEST_TEXT) {
			throw malformed("a text of " + length + " bytes");
		}
		int start = this.position;
		skip(length);
		if (!isWellFormed(this.bytes, start, length)) {
			throw malformed("a text that is none");
		}
	}

	// as DataOutput.writeUTF writes texts
	private static boolean isWellFormed(byte[] bytes, int offset, int length) {
		int end = offset + length;
		int position = offset;
		while (position < end) {
			int following = following(bytes[position]);
			position++;
			for (int i = 0; i < following; i++, position++) {
				if (position >= end || (bytes[position] & 0xc0) != 0x80) {
					return false;
				}
			}
			if (following < 0) {
				return false;
			}
		}
		return true;
	}

	private static int following(byte first) {
		if (first >= 0) {
			return 0;
		}
		if ((first & 0xe0) == 0xc0) {
			return 1;
		}
		return ((first & 0xf0) == 0xe0) ? 2 : -1;
	}

	// negative if there are none
	int length() throws RefusedFrameException {
		int length = signedInt();
		if (length > left()) {
			throw new RefusedFrameException(FrameRefusal.SIZE, length + " bytes announced, " + left() + " there");
		}
		return length;
	}

	WireBytes part(int length) throws RefusedFrameException {
		int start = this.position;
		skip(length);
		return new WireBytes(this.bytes, start, length, this.parts);
	}

	static RefusedFrameException malformed(String detail) {
		return new RefusedFrameException(FrameRefusal.FORM, detail);
	}

}
