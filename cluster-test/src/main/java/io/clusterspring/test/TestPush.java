package io.clusterspring.test;

/**
 * An event that a {@link ChannelTestClient} has sent.
 */
public final class TestPush {

	private final Inbox inbox;

	private final String what;

	private final String ref;

	TestPush(Inbox inbox, String what, String ref) {
		this.inbox = inbox;
		this.what = what;
		this.ref = ref;
	}

	/**
	 * Expect a reply with status {@code ok}.
	 * @return the response
	 * @throws AssertionError if no reply arrives in time, or its status is {@code error}
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
		return expect("error");
	}

	/**
	 * Expect a reply with a status of the application's own.
	 * @param status the status
	 * @return the response
	 * @throws AssertionError if no reply arrives in time, or it has another status
	 */
	public TestMessage expectReply(String status) {
		return expect(status);
	}

	String ref() {
		return this.ref;
	}

	private TestMessage expect(String status) {
		TestMessage reply = this.inbox.take("a reply to " + this.what, (message) -> message.isReply(this.ref));
		if (!status.equals(reply.status())) {
			throw new AssertionError("Expected '" + status + "' in reply to " + this.what + ", but got " + reply);
		}
		return reply;
	}

}
