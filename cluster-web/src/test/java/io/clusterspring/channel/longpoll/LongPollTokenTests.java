package io.clusterspring.channel.longpoll;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LongPollToken}.
 */
class LongPollTokenTests {

	private static final Node NODE = Node.of("n1@[::1]");

	@Test
	void textFormContainsTheNodeAndIsParsedBack() {
		LongPollToken token = LongPollToken.create(NODE);
		assertThat(token.node()).isEqualTo(NODE);
		assertThat(LongPollToken.parse(token.text())).isEqualTo(token);
		assertThat(token.text()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{32}\\.0");
	}

	@Test
	void countsTheAnswersWithMessages() {
		LongPollToken token = LongPollToken.create(NODE);
		assertThat(token.after(PollAnswer.of(204))).isEqualTo(token);
		LongPollToken next = token.after(new PollAnswer(200, List.of("[]")));
		assertThat(next).isEqualTo(new LongPollToken(NODE, token.session(), 1));
		assertThat(LongPollToken.parse(next.text())).isEqualTo(next);
	}

	@Test
	void sessionsAreDifferentEachTime() {
		Set<String> sessions = new HashSet<>();
		for (int i = 0; i < 1000; i++) {
			sessions.add(LongPollToken.create(NODE).session());
		}
		assertThat(sessions).hasSize(1000);
	}

	@Test
	void lengthIsLimited() {
		String around = LongPollToken.create(NODE).text().replaceAll("\\..*", ".") + ".0";
		String longest = around.replace("..", "." + "s".repeat(1024 - around.length()) + ".");
		assertThat(LongPollToken.parse(longest)).isNotNull();
		assertThat(LongPollToken.parse(longest + "0")).isNull();
	}

	@Test
	void toStringDoesNotContainTheSession() {
		LongPollToken token = LongPollToken.create(NODE);
		assertThat(token.toString()).contains(NODE.toString()).doesNotContain(token.session());
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", ".", "garbage", "bjFAMTI3LjAuMC4x", "bjFAMTI3LjAuMC4x.", ".session.0", "!!!.session.0",
			"bjE.session.0", "bjFAMTI3LjAuMC4x.session", "bjFAMTI3LjAuMC4x.session.x", "bjFAMTI3LjAuMC4x.session.-1",
			"bjFAMTI3LjAuMC4x.session.4294967296", "bjFAMTI3LjAuMC4x.session.0.0", "bjFAMTI3LjAuMC4x..0",
			"SFMyNTY.g2gDaARkAAJ2MW0AAAAW" })
	void otherTextIsNotAToken(String text) {
		assertThat(LongPollToken.parse(text)).isNull();
		assertThat(LongPollToken.parse("bjFAMTI3LjAuMC4x." + "x".repeat(2000) + ".0")).isNull();
	}

}
