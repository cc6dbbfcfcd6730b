package io.clusterspring.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;

/**
 * Signals that topics were to be served by HTTP, and cannot be.
 */
public final class UnservedTopicsException extends RuntimeException {

	private final String property;

	private final @Nullable String authorizer;

	private UnservedTopicsException(String property, @Nullable String authorizer, String reason) {
		super("Topics cannot be served (" + property + "): " + reason);
		this.property = property;
		this.authorizer = authorizer;
	}

	/**
	 * Create the exception of an application that has not said who may do it.
	 * @param property the property that has enabled it
	 * @param authorizer the type of the bean that is missing
	 * @return the exception
	 */
	public static UnservedTopicsException withoutAuthorizer(String property, String authorizer) {
		return new UnservedTopicsException(property, authorizer, "there is no bean of type " + authorizer);
	}

	/**
	 * Create the exception of an application that has no servlet container.
	 * @param property the property that has enabled it
	 * @return the exception
	 */
	public static UnservedTopicsException withoutServer(String property) {
		return new UnservedTopicsException(property, null, "there is no servlet container with Spring MVC");
	}

	String property() {
		return this.property;
	}

	@Nullable String authorizer() {
		return this.authorizer;
	}

}
