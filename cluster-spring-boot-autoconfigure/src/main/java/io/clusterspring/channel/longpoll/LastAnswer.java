package io.clusterspring.channel.longpoll;

import java.util.List;

/**
 * The messages a client was answered last, kept until it shows that it has got them: a
 * connection may break unseen while its request waits, and what is written then is heard
 * by nobody. Phoenix keeps its buffer until a request that lives takes it. Not
 * thread-safe.
 */
final class LastAnswer {

	private List<String> messages = List.of();

	private int size;

	private int number;

	private boolean counts;

	private boolean repeated;

	/**
	 * Take note of how many answers the client has got.
	 * @param heard the number that its request shows
	 */
	void settle(int heard) {
		this.counts |= heard > 0;
		boolean lost = isKept() && heard == this.number - 1;
		boolean again = lost && (this.counts || !this.repeated);
		// a client that goes on with its first token is not answered the same for ever
		this.repeated = lost;
		if (!again) {
			forget();
			this.number = heard;
		}
	}

	/**
	 * Keep nothing: the client will not be answered again.
	 */
	void forget() {
		this.messages = List.of();
		this.size = 0;
	}

	/**
	 * Return whether there are messages the client may not have got.
	 * @return {@code true} if its next answer is to be the same
	 */
	boolean isKept() {
		return !this.messages.isEmpty();
	}

	/**
	 * Keep the messages of the next answer.
	 * @param next at least one message
	 * @param bytes their size
	 */
	void keep(List<String> next, int bytes) {
		this.messages = next;
		this.size = bytes;
		this.number++;
	}

	List<String> messages() {
		return this.messages;
	}

	int size() {
		return this.size;
	}

}
