package io.clusterspring.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Writes what {@link WireReader} reads: integers of variable length, seven bits in each
 * byte, and texts in UTF-8 after their length.
 */
final class WireWriter {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

	WireWriter octet(int value) {
		this.out.write(value);
		return this;
	}

	WireWriter number(int value) {
		int rest = value;
		while ((rest & ~0x7F) != 0) {
			this.out.write(rest & 0x7F | 0x80);
			rest >>>= 7;
		}
		this.out.write(rest);
		return this;
	}

	WireWriter longNumber(long value) {
		this.out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
		return this;
	}

	WireWriter text(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		number(bytes.length);
		this.out.writeBytes(bytes);
		return this;
	}

	<T> WireWriter all(Collection<T> values, BiConsumer<WireWriter, T> write) {
		number(values.size());
		values.forEach((value) -> write.accept(this, value));
		return this;
	}

	WireWriter rest(byte[] bytes) {
		this.out.writeBytes(bytes);
		return this;
	}

	byte[] bytes() {
		return this.out.toByteArray();
	}

}
