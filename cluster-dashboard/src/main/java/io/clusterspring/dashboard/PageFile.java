package io.clusterspring.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;

/**
 * A file of the page.
 *
 * @param type its media type
 * @param content its bytes
 */
record PageFile(MimeType type, byte[] content) {

	private static final Map<String, MimeType> TYPES = Map.of("html", MimeType.valueOf("text/html;charset=UTF-8"), "js",
			MimeType.valueOf("text/javascript;charset=UTF-8"), "css", MimeType.valueOf("text/css;charset=UTF-8"), "svg",
			MimeType.valueOf("image/svg+xml"));

	/**
	 * Read a file of the page.
	 * @param name its path, without a slash in front
	 * @return the file, or {@code null} if the page has no such file
	 */
	static @Nullable PageFile read(String name) {
		// nothing but names that we gave: no dots in front, no parents, no other types
		if (!name.matches("([a-z]+/)?[a-z]+(-[a-z]+)*\\.(html|js|css|svg)")) {
			return null;
		}
		try (InputStream file = PageFile.class.getResourceAsStream("page/" + name)) {
			return (file != null) ? new PageFile(type(name), file.readAllBytes()) : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static MimeType type(String name) {
		return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), MimeType.valueOf("text/plain"));
	}

	/**
	 * Return what changes with the content, for caches.
	 */
	String tag() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(this.content);
			return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
