package io.clusterspring.inspect;

import java.util.Map;

/**
 * Facts of a feature about its node as a whole, such as a number of sockets.
 */
@FunctionalInterface
public interface NodeFacts {

	/**
	 * Return the facts of this moment. The call must be as quick as reading some numbers.
	 * @return the values, by their names
	 */
	Map<String, Object> facts();

}
