package io.clusterspring.channel.tap;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TapRequest}.
 */
class TapRequestTests {

	private static final String ID = UUID.randomUUID().toString();

	@Test
	void followsForAMinuteWithoutPayloadsUnlessAskedOtherwise() {
		assertThat(TapRequest.of(Map.of("tap", ID, "topic", "room:1")))
			.isEqualTo(new TapRequest(ID, "room:1", null, 60, false));
		assertThat(TapRequest.of(Map.of("tap", ID, "socket", "s", "seconds", "300", "payloads", "true")))
			.isEqualTo(new TapRequest(ID, null, "s", 300, true));
	}

	@Test
	void refusesWhatCannotBeMeant() {
		refuses(Map.of(), "taps/open needs either topic or socket");
		refuses(Map.of("topic", "a", "socket", "b"), "taps/open needs either topic or socket");
		refuses(Map.of("topic", ""), "topic must not be empty");
		refuses(Map.of("socket", ""), "socket must not be empty");
		refuses(Map.of("topic", "a\nb"), "topic 'a?b' has a control character");
		refuses(Map.of("socket", "x".repeat(4097)), "socket has more than 4096 characters");
		refuses(Map.of("topic", "x".repeat(256)),
				"topic '" + "x".repeat(200) + "...' has more than 255 bytes, which is too long for clients");
		for (String seconds : new String[] { "0", "301", "-1", "1.5", "", "99999999999", "60s" }) {
			refuses(Map.of("topic", "a", "seconds", seconds), "seconds must be a number from 1 to 300");
		}
		refuses(Map.of("topic", "a", "payloads", "yes"), "payloads must be true or false");
		for (String id : new String[] { "", "x", ID.toUpperCase() + "g", ID + "\n" }) {
			refuses(Map.of("topic", "a", "tap", id), "tap must be the id that taps/open has returned");
		}
	}

	@Test
	void refusesTextThatIsNotWellFormed() {
		assertThatIllegalArgumentException().isThrownBy(() -> TapRequest.of(Map.of("tap", ID, "socket", "\ud800")))
			.withMessageContaining("lone surrogate");
	}

	private static void refuses(Map<String, String> parameters, String reason) {
		Map<String, String> all = new HashMap<>(parameters);
		all.putIfAbsent("tap", ID);
		assertThatIllegalArgumentException().isThrownBy(() -> TapRequest.of(all)).withMessage(reason);
	}

}
