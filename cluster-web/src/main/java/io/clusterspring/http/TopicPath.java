package io.clusterspring.http;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.ServletRequestPathUtils;

import io.clusterspring.text.Utf8;

/**
 * Finds the topic in the path of a request: all that follows the base, decoded strictly.
 * A topic may have slashes. What a filter or proxy may read in another way is refused:
 * parameters after a semicolon, and segments that name no place, such as {@code ..}.
 */
public final class TopicPath {

	private TopicPath() {
	}

	/**
	 * Return the path of a request within the application.
	 * @param request the request, which Spring MVC has mapped
	 * @return the path, encoded
	 */
	public static String within(HttpServletRequest request) {
		return ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().value();
	}

	/**
	 * Find the topic.
	 * @param path the path within the application, encoded
	 * @param base the path below which the topics are
	 * @param suffix what follows the topic, such as {@code /events}; empty for nothing
	 * @return the topic, or {@code null} if there is none
	 * @throws IllegalArgumentException if it cannot be decoded
	 */
	public static @Nullable String topic(String path, String base, String suffix) {
		int start = base.length() + 1;
		int end = path.length() - suffix.length();
		if (!path.startsWith(base + "/") || !path.endsWith(suffix) || end <= start) {
			return null;
		}
		String encoded = path.substring(start, end);
		for (String segment : encoded.split("/", -1)) {
			require(!segment.isEmpty(), "has an empty segment");
			require(!isDots(decode(segment)), "has a segment of dots");
		}
		return decode(encoded);
	}

	private static boolean isDots(String segment) {
		return segment.equals(".") || segment.equals("..");
	}

	private static String decode(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			require(next < 0x80 && next != ';', "has a character that must be encoded");
			if (next == '%') {
				bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
				i += 2;
			}
			else {
				bytes.write(next);
			}
		}
		try {
			return Utf8.decode(bytes.toByteArray());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("The topic in the path is not UTF-8", ex);
		}
	}

	private static int hex(String text, int index) {
		require(index < text.length() && HexFormat.isHexDigit(text.charAt(index)), "has an invalid escape");
		return HexFormat.fromHexDigit(text.charAt(index));
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new IllegalArgumentException("The topic in the path " + otherwise);
		}
	}

}
