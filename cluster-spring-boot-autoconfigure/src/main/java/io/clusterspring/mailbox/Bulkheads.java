package io.clusterspring.mailbox;

/**
 * Two bulkheads, both of which a mailbox has to enter: it keeps room in neither while it
 * waits for the other.
 *
 * @param first one bulkhead
 * @param second another one
 */
public record Bulkheads(Bulkhead first, Bulkhead second) {

	/**
	 * Enter, after those that wait.
	 * @param mailbox the mailbox
	 * @return {@code false} if it waits now, and will be admitted
	 */
	boolean enter(Mailbox mailbox) {
		if (this.first.isAwaited()) {
			this.first.await(mailbox);
			return false;
		}
		if (this.second.isAwaited()) {
			this.second.await(mailbox);
			return false;
		}
		return enterNow(mailbox);
	}

	/**
	 * Enter as the first of those that wait.
	 * @param mailbox the mailbox
	 * @return {@code false} if it waits now for the other bulkhead
	 */
	boolean enterNow(Mailbox mailbox) {
		if (!this.second.hasRoom()) {
			this.second.await(mailbox);
			return false;
		}
		if (!this.first.enter()) {
			this.first.await(mailbox);
			return false;
		}
		if (!this.second.enter()) {
			this.first.leave();
			this.second.await(mailbox);
			return false;
		}
		return true;
	}

	void leave() {
		this.first.leave();
		this.second.leave();
	}

}
