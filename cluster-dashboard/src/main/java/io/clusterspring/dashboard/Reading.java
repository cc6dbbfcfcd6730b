package io.clusterspring.dashboard;

import java.util.function.DoubleSupplier;

/**
 * A figure of this node that is sampled.
 *
 * @param name its name in the answer
 * @param counted whether it only grows, so that its rate is shown
 * @param value reads it
 */
record Reading(String name, boolean counted, DoubleSupplier value) {

	static Reading level(String name, DoubleSupplier value) {
		return new Reading(name, false, value);
	}

	static Reading rate(String name, DoubleSupplier value) {
		return new Reading(name, true, value);
	}

}
