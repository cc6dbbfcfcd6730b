package io.clusterspring.mailbox;

/**
 * Two bulkheads that a mailbox must both enter. While it waits for one, it holds no room
 * in the other.
 */
public record Bulkheads(Bulkhead first, Bulkhead second) {

	/**
	 * Enter, unless other mailboxes wait.
	 * @return {@code false} if the mailbox now waits; it is admitted later
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
	 * Enter as the first of the waiting mailboxes.
	 * @return {@code false} if the mailbox now waits for the other bulkhead
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
