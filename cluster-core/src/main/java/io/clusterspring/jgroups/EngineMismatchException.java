package io.clusterspring.jgroups;

/**
 * JGroups lacks something that this starter calls: it is not the one that the starter was
 * built for.
 */
public class EngineMismatchException extends IllegalStateException {

	private final String found;

	private final String expected;

	EngineMismatchException(String found, String expected, LinkageError cause) {
		super("JGroups " + found + " cannot be used: " + cause, cause);
		this.found = found;
		this.expected = expected;
	}

	/**
	 * Return which JGroups is on the class path.
	 * @return its version
	 */
	public String found() {
		return this.found;
	}

	/**
	 * Return which JGroups this starter was built for.
	 * @return major and minor version
	 */
	public String expected() {
		return this.expected;
	}

}
