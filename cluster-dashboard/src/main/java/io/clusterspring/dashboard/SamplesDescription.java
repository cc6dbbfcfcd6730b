package io.clusterspring.dashboard;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The answer about samples, the oldest first.
 *
 * @param node this node
 * @param run tells one run of this node from another
 * @param interval the seconds between two samples
 * @param last the number of the last sample
 * @param ages the age of each sample in milliseconds
 * @param series the values of each figure: counted ones a second, the others as they are;
 * {@code null} where a figure could not be read
 */
record SamplesDescription(String node, String run, long interval, long last, List<Long> ages,
		Map<String, List<@Nullable Double>> series) {
}
