package io.clusterspring.mailbox;

import java.util.Map;

/**
 * Something that works by itself, so that nobody would see it fail. The node's health
 * does.
 */
public interface FailureSource {

	/**
	 * Return what fails at present. Any thread may ask.
	 * @return why, by the name of the work; empty if all is well
	 */
	Map<String, String> failures();

}
