package io.clusterspring.samples.chat;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.clusterspring.samples.chat.ChatPage.Screen;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for both pages on the screen of a phone and of a desktop, and for their
 * accessibility, by axe.
 */
class LayoutIntegrationTests {

	private static final String N1 = ChatCluster.N1;

	private static final String N2 = ChatCluster.N2;

	@AutoClose
	private static final ChatCluster cluster = new ChatCluster("layout");

	private static ChatPage ann;

	private static ChatPage ben;

	private static ChatNode n1;

	private static ChatNode n2;

	@BeforeEach
	void twoPagesAndTwoNodes() throws Exception {
		ann = (ann != null) ? ann : ChatPage.launch();
		ben = (ben != null) ? ben : ChatPage.launch();
		n1 = cluster.ensure(n1, N1);
		n2 = cluster.ensure(n2, N2);
		cluster.awaitWhole();
		ann.errors();
	}

	@AfterAll
	static void closeBrowsers() {
		for (ChatPage page : new ChatPage[] { ann, ben }) {
			if (page != null) {
				page.close();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void composerIsOnTheScreenAfterManyMessages(Screen screen) {
		ann.showOn(screen).enter(n1, "Ann", "many-" + screen);
		staysUsable();
		ann.enterStomp(n1, "Ann", "many-" + screen);
		staysUsable();
	}

	private static void staysUsable() {
		for (int i = 1; i <= 30; i++) {
			ann.say("message " + i + ", which says a little more than nothing");
		}
		ChatNode.eventually().until(() -> ann.messages().size() == 30);
		assertThat(ann.isOnScreen("send")).as("the button to send").isTrue();
		assertThat(ann.isOnScreen("body")).as("the field for a message").isTrue();
		assertThat(ann.isWiderThanTheScreen()).isFalse();
		assertThat(ann.errors()).isEmpty();
		assertThat(ann.violations()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void noPersonIsCutInTwo(Screen screen) {
		// the page writes the names of rooms in small letters
		String room = "crowd-" + screen.name().toLowerCase(Locale.ROOT);
		ann.showOn(screen).enter(n1, "Ann", room);
		try (Crowd crowd = new Crowd(n2, room, 30)) {
			ChatNode.eventually().untilAsserted(() -> assertThat(ann.people()).hasSize(crowd.size() + 1));
			assertThat(ann.cut("people")).isEmpty();
			assertThat(ann.text("people-count")).isEqualTo("with 30 more");
			assertThat(ann.violations()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whisperIsToldFromAMessageToAll(Screen screen) {
		ann.showOn(screen).enterStomp(n1, "Ann", "whispers");
		ben.showOn(screen).enterStomp(n2, "Ben", "whispers");
		ChatNode.eventually().untilAsserted(() -> assertThat(ann.online()).containsExactly("Ann", "Ben"));
		ann.say("for all");
		ChatNode.eventually().until(() -> ben.messages().size() == 1);
		ann.say("@Ben for you");
		ChatNode.eventually().until(() -> ben.messages().size() == 2 && ann.messages().size() == 2);
		assertThat(ann.whispers()).containsExactly("whispered to Ben: for you");
		assertThat(ben.whispers()).containsExactly("whispered to you: for you");
		assertThat(ben.violations()).isEmpty();
	}

	@Test
	void formsAreAccessible() {
		for (Screen screen : Screen.values()) {
			for (String page : List.of("/", "/stomp.html")) {
				assertThat(ann.showOn(screen).open(n1.url() + page).violations()).as(page).isEmpty();
			}
		}
	}

	@Test
	void pageWithoutAConnectionDoesNotSayHowManyAreUp() throws Exception {
		ann.showOn(Screen.DESKTOP).enter(n1, "Ann", "offline");
		ben.showOn(Screen.DESKTOP).enterStomp(n1, "Ben", "offline");
		ChatNode.eventually().untilAsserted(() -> assertThat(ann.text("node-count")).isEqualTo("2 up"));
		ChatNode.eventually().untilAsserted(() -> assertThat(ben.text("online-count")).isEqualTo("1 on all nodes"));
		n1.kill();
		ChatNode.eventually().untilAsserted(() -> assertThat(ann.text("node-count")).isEqualTo("2 when last seen"));
		ChatNode.eventually().untilAsserted(() -> assertThat(ben.text("online-count")).isEqualTo("1 when last seen"));
		assertThat(ann.violations()).isEmpty();
		assertThat(ben.violations()).isEmpty();
		n1 = cluster.ensure(n1, N1);
		ChatNode.eventually().untilAsserted(() -> assertThat(ann.text("node-count")).isEqualTo("2 up"));
		ChatNode.eventually().untilAsserted(() -> assertThat(ben.text("online-count")).isEqualTo("1 on all nodes"));
	}

}
