package io.clusterspring.jgroups.frame;

/**
 * The encoding of texts that {@link java.io.DataOutput#writeUTF} writes.
 */
final class ModifiedUtf {

	private ModifiedUtf() {
	}

	static boolean isWellFormed(byte[] bytes, int offset, int length) {
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

}
