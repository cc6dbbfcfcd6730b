package io.clusterspring.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The inputs that a decoder was fed with, in a file with an input in each line. Each
 * input that was found is added: as text or, after {@code hex:}, in hexadecimal form. An
 * input after {@code !} is refused, others are accepted. Lines that begin with {@code #}
 * are comments.
 *
 * @param accepted inputs the decoder accepts
 * @param refused inputs the decoder refuses
 */
public record Corpus(List<byte[]> accepted, List<byte[]> refused) {

	private static final String HEX = "hex:";

	/**
	 * Read a corpus.
	 * @param name the name of its file in the folder {@code corpus}
	 * @return the corpus
	 */
	public static Corpus read(String name) {
		Corpus corpus = new Corpus(new ArrayList<>(), new ArrayList<>());
		try (InputStream in = Corpus.class.getResourceAsStream("/corpus/" + name + ".txt")) {
			assertThat(in).as("corpus " + name).isNotNull();
			new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
				.forEach(corpus::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return corpus;
	}

	private void add(String line) {
		if (line.startsWith("!")) {
			this.refused.add(bytes(line.substring(1)));
		}
		else {
			this.accepted.add(bytes(line));
		}
	}

	private static byte[] bytes(String input) {
		return input.startsWith(HEX) ? HexFormat.of().parseHex(input.substring(HEX.length()))
				: input.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Return the line for an input.
	 * @param input the input
	 * @return the line to add
	 */
	static String line(byte[] input) {
		return HEX + HexFormat.of().formatHex(input);
	}

}
