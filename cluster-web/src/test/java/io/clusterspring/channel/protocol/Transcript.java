package io.clusterspring.channel.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A conversation recorded from Phoenix 1.8.12.
 */
public record Transcript(String name, String vsn, List<Step> steps) {

	public static List<Transcript> all() {
		try (InputStream in = Transcript.class.getResourceAsStream("/phoenix/transcripts.json")) {
			JsonNode root = JsonMapper.shared().readTree(Objects.requireNonNull(in));
			return root.valueStream().map(Transcript::read).toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Transcript read(JsonNode node) {
		return new Transcript(node.get("name").asString(), node.get("vsn").asString(),
				node.get("log").valueStream().map(Step::read).toList());
	}

	public boolean isTextV2() {
		return this.vsn.startsWith("2.0.") && steps("send_bin").findAny().isEmpty();
	}

	public Stream<Step> steps(String event) {
		return this.steps.stream().filter((step) -> step.event().equals(event));
	}

	@Override
	public String toString() {
		return this.name + " " + this.vsn;
	}

	public record Step(String client, String event, String text, String hex, int code, String url, JsonNode json) {

		private static Step read(JsonNode node) {
			return new Step(node.path("c").asString(""), node.get("ev").asString(), node.path("text").asString(""),
					node.path("hex").asString(""), node.path("code").asInt(0), node.path("url").asString(""), node);
		}

		public byte[] bytes() {
			return HexFormat.of().parseHex(this.hex);
		}

	}

}
