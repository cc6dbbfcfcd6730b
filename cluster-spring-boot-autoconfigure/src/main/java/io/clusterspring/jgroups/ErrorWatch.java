package io.clusterspring.jgroups;

import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that keeps the Errors of those above it: the one below it logs them, and
 * goes on.
 */
final class ErrorWatch extends Protocol {

	private final EngineFailures failures;

	ErrorWatch(EngineFailures failures) {
		this.failures = failures;
	}

	@Override
	public @Nullable Object up(Message message) {
		try {
			return this.up_prot.up(message);
		}
		catch (Error ex) {
			this.failures.add("receive", ex);
			throw ex;
		}
	}

	@Override
	public void up(MessageBatch batch) {
		try {
			this.up_prot.up(batch);
		}
		catch (Error ex) {
			this.failures.add("receive", ex);
			throw ex;
		}
	}

}
