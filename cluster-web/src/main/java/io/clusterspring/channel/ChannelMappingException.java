package io.clusterspring.channel;

/**
 * Thrown when the application starts and its handlers cannot work as they are declared: a
 * pattern that is none, two handlers for the same topics, a parameter that cannot be
 * supplied. The message names the classes and methods.
 */
public final class ChannelMappingException extends IllegalStateException {

	private final String action;

	/**
	 * Create the exception.
	 * @param message the mistake, with the class and the method that have it
	 * @param action how to correct it
	 */
	public ChannelMappingException(String message, String action) {
		super(message);
		this.action = action;
	}

	/**
	 * Return how to correct the mistake.
	 * @return one or more sentences
	 */
	public String action() {
		return this.action;
	}

}
