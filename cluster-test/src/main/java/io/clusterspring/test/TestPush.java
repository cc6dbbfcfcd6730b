package io.clusterspring.test;

import java.util.function.Predicate;

/**
 * An event that a {@link ChannelTestClient} has sent.
 */
public final class TestPush {

	private static final String ERROR = "error";

	private final Inbox inbox;

	private final String what;

	private final String ref;

	private final Predicate<TestMessage> end;

	TestPush(Inbox inbox, String what, String ref, Predicate<TestMessage> end) {
		this.inbox = inbox;
		this.what = what;
		this.ref = ref;
		this.end = end;
	}

	/**
	 * Expect a reply with status {@code ok}.
	 * @return the response
	 * @throws AssertionError if no reply arrives in time, its status is {@code error}, or
	 * the channel ends before it has replied
	 */
	public TestMessage expectOk() {
		return expect("ok");
	}

	/**
	 * Expect a reply with status {@code error}.
	 * @return the response
	 * @throws AssertionError if no reply arrives in time, or its status is {@code ok}
	 */
	public TestMessage expectError() {
		return expect(ERROR);
	}

	/**
	 * Expect a reply with a status of the application's own.
	 * @param status the status
	 * @return the response
	 * @throws AssertionError if no reply arrives in time, it has another status, or the
	 * channel ends before it has replied
	 */
	public TestMessage expectReply(String status) {
		return expect(status);
	}

	String ref() {
		return this.ref;
	}

	private TestMessage expect(String status) {
		// the server answers with an error what it finds after the end of the channel
		boolean comesAfterEnd = status.equals(ERROR);
		TestMessage reply = this.inbox.take("a reply to " + this.what, (message) -> message.isReply(this.ref),
				comesAfterEnd ? (message) -> false : this.end);
		if (!status.equals(reply.status())) {
			throw new AssertionError("Expected '" + status + "' in reply to " + this.what + ", but got " + reply);
		}
		return reply;
	}

}
