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
 * Frames as a release wrote them, in the folder {@code wire}: each line has the kind, a
 * name and the bytes. They are never changed, because nodes of that release run beside
 * those of the next.
 */
public final class RecordedFrames {

	private static final String RELEASE = "0.1.0";

	private RecordedFrames() {
	}

	/**
	 * Check that frames are written as recorded, and that recorded frames can be read.
	 * @param <T> the type of the content
	 * @param kind the label of the kind; all its recorded frames must be named
	 * @param contents the contents of the frames, by name
	 * @param write writes a frame
	 * @param read reads the body of a frame
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
	 * Check that additions of a later release are skipped.
	 * @param <T> the type of the content
	 * @param kind the kind
	 * @param write writes a frame
	 * @param read reads the body of a frame
	 */
	public static <T> void checkExtended(FrameKind kind, Function<? super T, byte[]> write,
			Function<ByteBuffer, ? extends T> read) {
		recorded(kind.label()).forEach((name, frame) -> {
			byte[] extended = Arrays.copyOf(frame, frame.length + 3);
			assertThat(write.apply(read.apply(FrameKind.body(extended)))).as(name).isEqualTo(frame);
		});
	}

	/**
	 * Check that bytes are as recorded.
	 * @param kind the kind of the record
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
	 * Return the recorded frames of a kind.
	 * @param kind the kind
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
