package io.clusterspring.aot;

import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * Clients of two nodes with {@link AotApp}, which use everything that it has.
 */
public final class AotVisit {

	private AotVisit() {
	}

	/**
	 * Use everything.
	 * @param first the port of the first node
	 * @param second the port of the second node
	 * @param firstName the name of the first node
	 */
	public static void of(int first, int second, String firstName) {
		try (AotClient alice = AotClient.phoenix(first); AotClient bob = AotClient.phoenix(second)) {
			alice.push("phx_join", "{\"user\":\"\",\"seat\":3}", "invalid payload", "\"user\"");
			alice.push("phx_join", "{\"user\":\"alice\",\"seat\":3}", "\"status\":\"ok\"", "\"user\":\"alice\"",
					"\"node\":\"" + firstName, "\"books\":1");
			bob.push("phx_join", "{\"user\":\"bob\",\"seat\":4}", "\"status\":\"ok\"", "\"user\":\"bob\"");
			bob.await("presence_", "\"alice\"", "\"seat\":3");
			alice.await("presence_diff", "\"bob\"", "\"seat\":4");
			alice.push("echo", "{\"text\":\"again\"}", "\"words\":{\"text\":\"again\"}");
			alice.push("say", "{\"text\":\"hello\"}", "\"said\"", "hello");
			bob.await("\"said\"", "hello");
			alice.push("publish", "{\"text\":\"flood\"}", "\"news\"", "flood7");
			bob.await("\"news\"", "flood7");
			alice.push("phx_leave", "{}", "phx_close");
		}
		stomp(first, second);
	}

	private static void stomp(int first, int second) {
		try (AotClient alice = AotClient.stomp(first, "/topic/a");
				AotClient bob = AotClient.stomp(second, "/topic/a")) {
			Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
				alice.send("SEND\ndestination:/topic/a\n\nby stomp\0");
				return bob.hasReceived("by stomp");
			});
		}
	}

}
