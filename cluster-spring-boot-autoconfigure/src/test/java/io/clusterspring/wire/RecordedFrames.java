package io.clusterspring.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frames as a release has written them, in the folder {@code wire}: in each line the
 * kind, a name and the bytes. They are never changed: nodes of that release run beside
 * those of the next.
 */
public final class RecordedFrames {

	private static final String RELEASE = "0.1.0";

	private RecordedFrames() {
	}

	/**
	 * Check that frames are written as they were recorded, and that what was recorded is
	 * read.
	 * @param <T> the type of what is in a frame
	 * @param kind the label of the kind; all that is recorded of it has to be named
	 * @param contents what is in the frames, by their names
	 * @param write writes a frame
	 * @param read reads the body of one
	 */
	public static <T> void check(FrameKind kind, Map<String, T> contents, Function<? super T, byte[]> write,
			Function<ByteBuffer, ? extends T> read) {
		Map<String, byte[]> recorded = recorded(kind.label());
		contents.forEach((name, content) -> check(kind.label(), name, write.apply(content), recorded.get(name)));
		assertThat(contents.keySet()).containsExactlyElementsOf(recorded.keySet());
		recorded.forEach((name, frame) -> assertThat(write.apply(read.apply(FrameKind.body(frame))))
			.as("what is read of %s", name)
			.isEqualTo(frame));
	}

	/**
	 * Check that what a later release adds to frames is skipped.
	 * @param <T> the type of what is in a frame
	 * @param kind the kind
	 * @param write writes a frame
	 * @param read reads the body of one
	 */
	public static <T> void checkExtended(FrameKind kind, Function<? super T, byte[]> write,
			Function<ByteBuffer, ? extends T> read) {
		recorded(kind.label()).forEach((name, frame) -> {
			byte[] extended = Arrays.copyOf(frame, frame.length + 3);
			assertThat(write.apply(read.apply(FrameKind.body(extended)))).as(name).isEqualTo(frame);
		});
	}

	/**
	 * Check that bytes are as they were recorded.
	 * @param kind what they are
	 * @param name the name of the record
	 * @param written the bytes
	 * @param recorded the record, {@code null} if there is none
	 */
	public static void check(String kind, String name, byte[] written, byte[] recorded) {
		assertThat(line(kind, name, written)).as("recorded of release " + RELEASE)
			.isEqualTo((recorded != null) ? line(kind, name, recorded) : null);
	}

	private static String line(String kind, String name, byte[] bytes) {
		return kind + " " + name + " " + HexFormat.of().formatHex(bytes);
	}

	/**
	 * Return what was recorded.
	 * @param kind what it is
	 * @return the bytes, by their names
	 */
	public static Map<String, byte[]> recorded(String kind) {
		Map<String, byte[]> found = new LinkedHashMap<>();
		try (InputStream in = RecordedFrames.class.getResourceAsStream("/wire/" + RELEASE + ".txt")) {
			assertThat(in).as("frames of release " + RELEASE).isNotNull();
			new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.map((line) -> line.split(" "))
				.filter((words) -> words[0].equals(kind))
				.forEach((words) -> found.put(words[1], HexFormat.of().parseHex(words[2])));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

}
