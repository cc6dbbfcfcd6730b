package io.clusterspring.mailbox;

import java.util.Map;

/**
 * Background work whose failures the node's health shows.
 */
public interface FailureSource {

	/**
	 * Return what fails at present. Thread-safe.
	 * @return the causes, by the name of the work; empty if nothing fails
	 */
	Map<String, String> failures();

}
