package io.clusterspring.dashboard;

import java.util.List;

/**
 * Some figures that are sampled, for whatever part of the cluster is present.
 */
@FunctionalInterface
interface Readings {

	/**
	 * Return the figures, always the same.
	 */
	List<Reading> list();

}
