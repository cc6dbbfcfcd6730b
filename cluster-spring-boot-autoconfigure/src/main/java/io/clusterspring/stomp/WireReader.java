package io.clusterspring.stomp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.springframework.util.Assert;

/**
 * Reads what {@link WireWriter} wrote. What is cut short or too long is an
 * {@link IllegalArgumentException}.
 */
final class WireReader {

	private static final int MAX_SHIFT = 28;

	private final ByteBuffer in;

	WireReader(ByteBuffer in) {
		this.in = in.duplicate();
	}

	static <T> T read(ByteBuffer in, Function<WireReader, T> parts) {
		try {
			return parts.apply(new WireReader(in));
		}
		catch (BufferUnderflowException | IndexOutOfBoundsException ex) {
			throw new IllegalArgumentException("Truncated message", ex);
		}
	}

	int octet() {
		return this.in.get() & 0xFF;
	}

	int number() {
		int value = 0;
		for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
			int octet = octet();
			value |= (octet & 0x7F) << shift;
			if ((octet & 0x80) == 0) {
				return value;
			}
		}
		throw new IllegalArgumentException("Number is too long");
	}

	long longNumber() {
		return this.in.getLong();
	}

	String text() {
		int length = number();
		String text = StandardCharsets.UTF_8.decode(this.in.slice(this.in.position(), length)).toString();
		this.in.position(this.in.position() + length);
		return text;
	}

	<T> List<T> all(Function<WireReader, T> read) {
		int count = number();
		Assert.isTrue(count >= 0 && count <= this.in.remaining(), "Truncated message");
		List<T> values = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			values.add(read.apply(this));
		}
		return values;
	}

	byte[] rest() {
		byte[] rest = new byte[this.in.remaining()];
		this.in.get(rest);
		return rest;
	}

}
