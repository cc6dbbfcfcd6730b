package io.clusterspring.stomp;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UserDestinations}.
 */
class UserDestinationsTests {

	@Test
	void destinationOfASessionIsKnown() {
		for (String id : new String[] { UUID.randomUUID().toString(), "ab1defgh" }) {
			String destination = "/queue/news-user" + id;
			assertThat(UserDestinations.isOfSession(destination)).isTrue();
			assertThat(UserDestinations.isOfSession(destination, id)).isTrue();
			assertThat(UserDestinations.isOfSession(destination, "another1")).isFalse();
			assertThat(UserDestinations.isOfSession("/queue/-user" + id + "-user1", id)).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/topic/new-users", "/topic/news-user", "/topic/a", "/topic/active-user-list-12",
			"/topic/x-user/12345678", "/topic/x-userprofiles", "/topic/x-user1234567", "/topic/x-user12345678*" })
	void otherDestinationsAreNot(String destination) {
		assertThat(UserDestinations.isOfSession(destination)).isFalse();
	}

	// all that is not announced goes to all nodes
	@ParameterizedTest
	@ValueSource(strings = { "a", "12345678", "abcdefgh", "-1234567", "x/12345678", "12345678*", "ä1234567", "" })
	void whatIsNotAnnouncedGoesToAllNodes(String id) {
		String destination = "/queue/news-user" + id;
		assertThat(!UserDestinations.isOfSession(destination, id) || UserDestinations.isOfSession(destination))
			.isTrue();
		assertThat(UserDestinations.isOfSession(destination, id)).isEqualTo(id.equals("12345678"));
	}

}
