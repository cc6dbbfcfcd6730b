package io.clusterspring.channel.longpoll;

import java.util.List;

/**
 * The messages of the last answer, kept until the client acknowledges them. A connection
 * may break unnoticed while its request waits, and then the answer is lost. Phoenix
 * similarly keeps its buffer until a live request takes it. Not thread-safe.
 */
final class LastAnswer {

	private List<String> messages = List.of();

	private int size;

	private int number;

	private boolean counts;

	private boolean repeated;

	/**
	 * Handle the acknowledgement in a request.
	 * @param acknowledged the number of answers that the client has received
	 */
	void acknowledge(int acknowledged) {
		this.counts |= acknowledged > 0;
		boolean lost = isKept() && acknowledged == this.number - 1;
		boolean again = lost && (this.counts || !this.repeated);
		// a client that never updates its token does not get the same answer forever
		this.repeated = lost;
		if (!again) {
			forget();
			this.number = acknowledged;
		}
	}

	/** Drop the messages: the client gets no further answer. */
	void forget() {
		this.messages = List.of();
		this.size = 0;
	}

	/**
	 * Return whether there are messages that the client may have missed.
	 * @return {@code true} if its next answer must be the same
	 */
	boolean isKept() {
		return !this.messages.isEmpty();
	}

	/**
	 * Keep the messages of the next answer.
	 * @param next at least one message
	 * @param bytes the size of the messages
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
