package io.clusterspring.samples.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests two users in two browsers, one on each node.
 */
class BrowserIntegrationTests {

	private static final String N1 = ChatCluster.N1;

	private static final String N2 = ChatCluster.N2;

	@AutoClose
	private static final ChatCluster cluster = new ChatCluster("browser");

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
	}

	@AfterAll
	static void closeBrowsers() {
		for (ChatPage page : new ChatPage[] { ann, ben }) {
			if (page != null) {
				page.close();
			}
		}
	}

	@Test
	void whatIsTypedOnOnePageAppearsOnBoth() {
		ann.enter(n1, "Ann", "both");
		ben.enter(n2, "Ben", "both");
		assertThat(List.of(ann.self(), ben.self())).containsExactly(N1, N2);
		ann.say("hello over there");
		bothShow(new ChatPage.Line("Ann", N1, "hello over there"));
		ben.say("hello back");
		bothShow(new ChatPage.Line("Ann", N1, "hello over there"), new ChatPage.Line("Ben", N2, "hello back"));
	}

	@Test
	void theSameIsDoneByStomp() {
		ann.enterStomp(n1, "Ann", "stomp");
		ben.enterStomp(n2, "Ben", "stomp");
		for (ChatPage page : List.of(ann, ben)) {
			ChatNode.eventually().untilAsserted(() -> assertThat(page.online()).containsExactly("Ann", "Ben"));
		}
		ann.say("hello over there");
		bothShow(new ChatPage.Line("Ann", N1, "hello over there"));
		ann.say("@Ben between us");
		ChatNode.eventually()
			.untilAsserted(() -> assertThat(ben.messages()).endsWith(new ChatPage.Line("Ann", N1, "between us")));
		ChatNode.eventually()
			.untilAsserted(() -> assertThat(ann.messages()).endsWith(new ChatPage.Line("Ann", N1, "between us")));
	}

	@Test
	void bothPagesListBothNodes() {
		ann.enter(n1, "Ann", "nodes");
		ben.enter(n2, "Ben", "nodes");
		assertNodes(ann, N1, N2);
		assertNodes(ben, N1, N2);
	}

	@Test
	void markupIsShownAsText() {
		String markup = "<b>bold</b> <img src=x onerror=\"document.title='run'\"> &lt; <script>document.title='run'</script>";
		ann.enter(n1, "<i>Ann</i>", "markup");
		ben.enter(n2, "Ben", "markup");
		ann.say(markup);
		bothShow(new ChatPage.Line("<i>Ann</i>", N1, markup));
		for (ChatPage page : List.of(ann, ben)) {
			assertThat(page.elementsOfMessages()).containsOnly("span", "time", "p");
			assertThat(page.title()).isEqualTo("#markup · Chat");
		}
	}

	@Test
	void nodeDiesAndComesBackWhileItsPageStaysOpen() throws Exception {
		ann.enter(n1, "Ann", "failover");
		ben.enter(n2, "Ben", "failover");
		assertNodes(ann, N1, N2);
		ann.say("before");
		bothShow(new ChatPage.Line("Ann", N1, "before"));
		n2.kill();
		ChatNode.eventually().untilAsserted(() -> assertThat(ben.state()).isEqualTo("Reconnecting…"));
		assertThat(ben.canSay()).isFalse();
		assertNodes(ann, N1);
		assertThat(ann.state()).isEqualTo("Connected");
		ann.say("still here");
		shows(ann, new ChatPage.Line("Ann", N1, "before"), new ChatPage.Line("Ann", N1, "still here"));
		n2 = cluster.ensure(n2, N2);
		ChatNode.eventually().untilAsserted(() -> assertThat(ben.state()).isEqualTo("Connected"));
		assertNodes(ann, N1, N2);
		assertNodes(ben, N1, N2);
		shows(ben, new ChatPage.Line("Ann", N1, "before"), new ChatPage.Line("Ann", N1, "still here"));
		assertThat(ben.returns()).singleElement().asString().endsWith(", caught up: 1 message.");
		ben.say("back again");
		bothShow(new ChatPage.Line("Ann", N1, "before"), new ChatPage.Line("Ann", N1, "still here"),
				new ChatPage.Line("Ben", N2, "back again"));
	}

	@Test
	void onePageThatEntersLaterShowsWhatWasSaidBefore() {
		ann.enter(n1, "Ann", "earlier");
		ann.say("is anybody here?");
		shows(ann, new ChatPage.Line("Ann", N1, "is anybody here?"));
		ben.enter(n2, "Ben", "earlier");
		shows(ben, new ChatPage.Line("Ann", N1, "is anybody here?"));
	}

	@Test
	void eachPageShowsWhoIsInTheRoomAndWhoIsWriting() {
		ann.enter(n1, "Ann", "people");
		ben.enter(n2, "Ben", "people");
		assertPeople(ann, "Ann " + N1, "Ben " + N2);
		assertPeople(ben, "Ann " + N1, "Ben " + N2);
		ben.write("I have been thinking");
		ChatNode.eventually().untilAsserted(() -> assertThat(ann.typing()).isEqualTo("Ben is typing…"));
		assertThat(ben.typing()).isEmpty();
		ben.say("done");
		ChatNode.eventually().untilAsserted(() -> assertThat(ann.typing()).isEmpty());
		ben.turnAway(true);
		assertPeople(ann, "Ann " + N1, "Ben " + N2 + " away");
		ben.turnAway(false);
		assertPeople(ann, "Ann " + N1, "Ben " + N2);
		ben.enter(n2, "Ben", "elsewhere");
		assertPeople(ann, "Ann " + N1);
		assertPeople(ben, "Ben " + N2);
	}

	/**
	 * The limit is a second. On a busy machine anything may be late, so one of several
	 * attempts must meet it.
	 */
	@Test
	void peopleOfANodeThatDiesDisappearAndComeBackWithIt() throws Exception {
		ann.enter(n1, "Ann", "killed");
		ben.enter(n2, "Ben", "killed");
		List<Long> millis = new ArrayList<>();
		do {
			assertPeople(ann, "Ann " + N1, "Ben " + N2);
			long killed = System.nanoTime();
			n2.kill();
			assertPeople(ann, "Ann " + N1);
			millis.add(Duration.ofNanos(System.nanoTime() - killed).toMillis());
			n2 = cluster.ensure(n2, N2);
			assertPeople(ann, "Ann " + N1, "Ben " + N2);
			assertPeople(ben, "Ann " + N1, "Ben " + N2);
		}
		while (millis.size() < 3 && Collections.min(millis) >= 1000);
		assertThat(Collections.min(millis)).as("milliseconds until the page shows it, each time: " + millis)
			.isLessThan(1000);
	}

	private static void assertPeople(ChatPage page, String... people) {
		ChatNode.eventually().untilAsserted(() -> assertThat(page.people()).containsExactly(people));
	}

	private static void bothShow(ChatPage.Line... messages) {
		shows(ann, messages);
		shows(ben, messages);
	}

	private static void shows(ChatPage page, ChatPage.Line... messages) {
		ChatNode.eventually().untilAsserted(() -> assertThat(page.messages()).containsExactly(messages));
	}

	private static void assertNodes(ChatPage page, String... nodes) {
		ChatNode.eventually().untilAsserted(() -> assertThat(page.nodes()).containsExactlyInAnyOrder(nodes));
	}

}
