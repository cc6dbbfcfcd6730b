package io.clusterspring.channel.http;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.clusterspring.text.Utf8;

/**
 * Decodes the parameters of a query strictly: an invalid escape or invalid UTF-8 is an
 * error and is not replaced. Plug, which Phoenix uses, does the same. The servlet API is
 * not used, because it would also read parameters from the body.
 */
final class QueryParameters {

	private QueryParameters() {
	}

	/**
	 * Decode a query.
	 * @param query the encoded query, or {@code null}
	 * @return the values by name, in the order of the query
	 * @throws MalformedQueryException if it cannot be decoded
	 */
	static Map<String, List<String>> parse(@Nullable String query) {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		if (query != null) {
			for (String pair : query.split("&")) {
				String[] parts = pair.split("=", 2);
				if (!pair.isEmpty()) {
					parameters.computeIfAbsent(decode(parts[0]), (name) -> new ArrayList<>(1))
						.add((parts.length > 1) ? decode(parts[1]) : "");
				}
			}
		}
		return parameters;
	}

	private static String decode(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			if (next == '%') {
				bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
				i += 2;
			}
			else if (next >= 0x80) {
				throw new MalformedQueryException();
			}
			else {
				bytes.write((next == '+') ? ' ' : next);
			}
		}
		try {
			return Utf8.decode(bytes.toByteArray());
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedQueryException();
		}
	}

	private static int hex(String text, int index) {
		if (index >= text.length() || !HexFormat.isHexDigit(text.charAt(index))) {
			throw new MalformedQueryException();
		}
		return HexFormat.fromHexDigit(text.charAt(index));
	}

}
