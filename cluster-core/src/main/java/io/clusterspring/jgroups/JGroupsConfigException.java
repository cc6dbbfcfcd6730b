package io.clusterspring.jgroups;

import org.springframework.core.io.Resource;

/**
 * The JGroups XML of {@code cluster.jgroups.config} cannot be read, JGroups does not take
 * it, or the node cannot listen where it says.
 */
public class JGroupsConfigException extends RuntimeException {

	private final Resource config;

	/**
	 * Create the exception.
	 * @param config where the XML was to be
	 * @param cause why it was not taken
	 */
	public JGroupsConfigException(Resource config, Throwable cause) {
		super("Cannot use the JGroups configuration " + config.getDescription(), cause);
		this.config = config;
	}

	/**
	 * Return where the XML was to be.
	 * @return the resource
	 */
	public Resource config() {
		return this.config;
	}

}
