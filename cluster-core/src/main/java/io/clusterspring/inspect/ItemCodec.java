package io.clusterspring.inspect;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * Writes and reads items. A value begins with an octet for its type: 0 nothing, 1 a text,
 * 2 a whole number, 3 a flag, 4 a list, 5 a map by texts.
 */
final class ItemCodec {

	/** How deep lists and maps may be inside each other. */
	static final int DEEPEST = 4;

	private static final int AROUND = 8;

	private ItemCodec() {
	}

	static void write(FrameWriter out, Item item) {
		out.text(item.key());
		writeMap(out, item.fields());
	}

	private static void writeMap(FrameWriter out, Map<?, ?> map) {
		out.all(map.entrySet(), (to, entry) -> {
			to.text(String.valueOf(entry.getKey()));
			writeValue(to, entry.getValue());
		});
	}

	private static void writeValue(FrameWriter out, @Nullable Object value) {
		if (value == null) {
			out.octet(0);
		}
		else if (value instanceof Number number) {
			out.octet(2).longNumber(number.longValue());
		}
		else if (value instanceof Boolean flag) {
			out.octet(3).flag(flag);
		}
		else if (value instanceof Collection<?> list) {
			out.octet(4).all(list, (to, element) -> writeValue(to, element));
		}
		else if (value instanceof Map<?, ?> map) {
			out.octet(5);
			writeMap(out, map);
		}
		else {
			out.octet(1).text(value.toString());
		}
	}

	static Item read(FrameReader in) {
		return new Item(in.text(), readMap(in, 0));
	}

	private static Map<String, @Nullable Object> readMap(FrameReader in, int depth) {
		FrameReader.check(depth < DEEPEST, "values are too deep");
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		in.all((from) -> map.put(from.text(), readValue(from, depth)) == null);
		return map;
	}

	private static @Nullable Object readValue(FrameReader in, int depth) {
		int type = in.octet();
		return switch (type) {
			case 0 -> null;
			case 1 -> in.text();
			case 2 -> in.longNumber();
			case 3 -> in.flag();
			case 4 -> readList(in, depth + 1);
			case 5 -> readMap(in, depth + 1);
			default -> throw FrameReader.unknown(type);
		};
	}

	private static List<@Nullable Object> readList(FrameReader in, int depth) {
		FrameReader.check(depth < DEEPEST, "values are too deep");
		return in.all((from) -> readValue(from, depth));
	}

	/** Return about how many bytes an item takes in a frame. */
	static long size(Item item) {
		return sizeOf(item.key()) + sizeOf(item.fields());
	}

	private static long sizeOf(@Nullable Object value) {
		long size = AROUND;
		if (value instanceof Map<?, ?> map) {
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				size += sizeOf(entry.getKey()) + sizeOf(entry.getValue());
			}
		}
		else if (value instanceof Collection<?> list) {
			for (Object element : list) {
				size += sizeOf(element);
			}
		}
		else if (value instanceof String text) {
			size += 3L * text.length();
		}
		return size;
	}

	/** Return an item that is too large for a frame with its key only. */
	static Item withoutFields(Item item) {
		return new Item(item.key(), Map.of("tooLarge", true));
	}

}
