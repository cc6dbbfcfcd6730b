package io.clusterspring.autoconfigure.diagnostics;

import java.util.List;

/**
 * Signals that an application context has channels that no client could join.
 */
public final class UnservedChannelsException extends RuntimeException {

	private final Reason reason;

	private final List<String> controllers;

	/**
	 * Create the exception.
	 * @param reason why nobody could join them
	 * @param controllers the names of the classes with channels
	 */
	public UnservedChannelsException(Reason reason, List<String> controllers) {
		super("No client could join the channels of " + String.join(", ", controllers) + ": " + reason);
		this.reason = reason;
		this.controllers = List.copyOf(controllers);
	}

	Reason reason() {
		return this.reason;
	}

	List<String> controllers() {
		return this.controllers;
	}

	/**
	 * Why no client could join.
	 */
	public enum Reason {

		/** The web application is reactive. */
		REACTIVE,

		/** The channels are in a child context, and their server in a parent. */
		CHILD

	}

}
