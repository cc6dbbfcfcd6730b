package io.clusterspring.channel.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object from which a member was cut out.
 *
 * @param rest the object without the member; its other members are as they were
 * @param value the value of the member, the last one if there are several; {@code null}
 * if it cannot be read
 */
public record CutObject(SocketPayload rest, @Nullable JsonNode value) {

	/**
	 * Cut a member out of an object.
	 * @param payload well-formed JSON, or binary
	 * @param name the name of the member
	 * @return the result, or {@code null} if the payload is no object or has no such
	 * member
	 */
	public static @Nullable CutObject of(SocketPayload payload, String name) {
		return payload.isObject() ? new Cutter(payload.content(), name).cut() : null;
	}

	/** Reads the members of one object. */
	private static final class Cutter {

		private final ByteBuffer content;

		private final String name;

		private final List<ByteBuffer> kept = new ArrayList<>();

		private @Nullable ByteBuffer found;

		Cutter(ByteBuffer content, String name) {
			this.content = content;
			this.name = name;
		}

		@Nullable CutObject cut() {
			try (JsonSlices json = new JsonSlices(this.content)) {
				read(json.parser());
			}
			ByteBuffer value = this.found;
			return (value != null) ? new CutObject(SocketPayload.json(rest()), read(value)) : null;
		}

		private void read(JsonParser parser) {
			parser.nextToken();
			int end = 1;
			while (parser.nextToken() != JsonToken.END_OBJECT) {
				int start = quote(end);
				boolean cut = parser.currentName().equals(this.name);
				parser.nextToken();
				int value = (int) parser.currentTokenLocation().getByteOffset();
				parser.skipChildren();
				parser.finishToken();
				end = (int) parser.currentLocation().getByteOffset();
				if (cut) {
					this.found = this.content.slice(this.content.position() + value, end - value);
				}
				else {
					this.kept.add(this.content.slice(this.content.position() + start, end - start));
				}
			}
		}

		/** Find the begin of a name, after a comma and white space. */
		private int quote(int from) {
			int at = from;
			while (this.content.get(this.content.position() + at) != '"') {
				at++;
			}
			return at;
		}

		private ByteBuffer rest() {
			ByteBuffer rest = ByteBuffer.allocate(this.content.remaining() + 2).put((byte) '{');
			for (int i = 0; i < this.kept.size(); i++) {
				if (i > 0) {
					rest.put((byte) ',');
				}
				rest.put(this.kept.get(i));
			}
			return rest.put((byte) '}').flip();
		}

		private static @Nullable JsonNode read(ByteBuffer value) {
			try (JsonSlices json = new JsonSlices(value)) {
				json.parser().nextToken();
				return json.value();
			}
			catch (JacksonException | MalformedMessageException ex) {
				return null;
			}
		}

	}

}
