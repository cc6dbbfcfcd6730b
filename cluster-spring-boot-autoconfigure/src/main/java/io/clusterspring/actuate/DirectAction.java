package io.clusterspring.actuate;

import java.util.Map;
import java.util.Set;

/**
 * An action that the asked node does by itself for all nodes. Thread-safe.
 */
interface DirectAction {

	/** Return the last two parts of the path. */
	String name();

	/** Return the names of the parameters, each of which has to be given. */
	Set<String> parameters();

	/**
	 * Act on the thread of the request.
	 * @param parameters the parameters
	 * @return what was done
	 * @throws IllegalArgumentException if it cannot be meant
	 * @throws IllegalStateException if it is not possible
	 */
	Map<String, Object> act(Map<String, String> parameters);

}
