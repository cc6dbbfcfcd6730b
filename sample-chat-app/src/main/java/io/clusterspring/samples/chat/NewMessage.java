package io.clusterspring.samples.chat;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * A message from a client: any JSON object, whose fields are sent to the room unchanged.
 * Only {@code body}, the text that people see, is checked.
 *
 * @param fields the fields in the order of the client
 */
record NewMessage(@JsonValue @Size(max = 64) Map<String, @Nullable Object> fields) {

	private static final String BODY = "body";

	private static final int LONGEST_BODY = 4_000;

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	NewMessage {
	}

	/**
	 * Return the error in the body, or {@code null} if there is none. A message without a
	 * body is valid.
	 */
	@Nullable String objection() {
		if (!this.fields.containsKey(BODY)) {
			return null;
		}
		if (!(this.fields.get(BODY) instanceof String body)) {
			return "body must be text";
		}
		if (!StringUtils.hasText(body)) {
			return "body must not be blank";
		}
		return (body.length() > LONGEST_BODY) ? "body must not exceed " + LONGEST_BODY + " characters" : null;
	}

}
