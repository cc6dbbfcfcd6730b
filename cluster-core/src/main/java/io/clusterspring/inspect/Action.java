package io.clusterspring.inspect;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A change that operators can make to a feature on several nodes. Thread-safe.
 */
public interface Action {

	/** The parameter that names the only node that acts. */
	String NODE = "node";

	/**
	 * Return the name.
	 * @return the last two parts of the path of the endpoint, such as
	 * {@code sockets/disconnect}
	 */
	String name();

	/**
	 * Return the names of the parameters. With {@link #NODE} among them only that node
	 * acts, which has to be given; otherwise all nodes do.
	 * @return the names
	 */
	Set<String> parameters();

	/**
	 * Check the parameters before a node acts.
	 * @param parameters those that are given
	 * @throws IllegalArgumentException if they cannot be meant
	 */
	default void check(Map<String, String> parameters) {
	}

	/**
	 * Complete the parameters on the node where the action is asked for, before they are
	 * checked and sent.
	 * @param parameters those that are given
	 * @return all parameters
	 * @throws IllegalArgumentException if they cannot be meant
	 */
	default Map<String, String> complete(Map<String, String> parameters) {
		return parameters;
	}

	/**
	 * Act on this node. The caller is an internal thread, or one of the web server; the
	 * call must not wait, and must not run code of the application.
	 * @param parameters the parameters, which may come from another node
	 * @return completes with what was done, by names as in an {@link Item}; numbers of
	 * several nodes are added
	 * @throws IllegalArgumentException if this node cannot do that; the message says why
	 */
	CompletionStage<Map<String, Object>> act(Map<String, String> parameters);

	/**
	 * End the action on the node where it was asked for, when the others have acted, or
	 * the time for that is over. The caller is a thread of the web server.
	 * @param parameters the parameters
	 * @param asked when it was asked for, by {@link System#nanoTime()}
	 */
	default void conclude(Map<String, String> parameters, long asked) {
	}

}
