package io.clusterspring.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Which members of a network are together, at one moment. Immutable.
 */
final class Parts {

	private final Map<Integer, List<LocalTransport>> members = new LinkedHashMap<>();

	/**
	 * Create the parts.
	 * @param sides the members, the oldest first, and the side of each
	 */
	Parts(Map<LocalTransport, Integer> sides) {
		sides.forEach((member, side) -> this.members.computeIfAbsent(side, (key) -> new ArrayList<>()).add(member));
	}

	/**
	 * Return the members of each part, the oldest first.
	 * @return the parts
	 */
	List<List<LocalTransport>> all() {
		return List.copyOf(this.members.values());
	}

	/**
	 * Return whether a name is taken on a side.
	 * @param side the side
	 * @param node the name
	 * @return {@code true} if a member of that part has it
	 */
	boolean isTaken(int side, Node node) {
		return holder(this.members.getOrDefault(side, List.of()), node) != null;
	}

	/**
	 * Return the members that lose their names when the parts are put together anew.
	 * @param sides the members, the oldest first, and the new side of each
	 * @return of those with one name on one side, all but the one from the largest part,
	 * of equal ones the oldest
	 */
	List<LocalTransport> losers(Map<LocalTransport, Integer> sides) {
		return new Parts(sides).all().stream().flatMap((part) -> {
			Map<Node, List<LocalTransport>> byName = part.stream()
				.collect(Collectors.groupingBy(LocalTransport::self, LinkedHashMap::new, Collectors.toList()));
			return byName.values().stream().flatMap((namesakes) -> best(namesakes).stream().skip(1));
		}).toList();
	}

	private List<LocalTransport> best(List<LocalTransport> namesakes) {
		return namesakes.stream()
			.sorted(Comparator.<LocalTransport>comparingInt((member) -> partOf(member).size()).reversed())
			.toList();
	}

	/**
	 * Return whether another member, if a member has seen its name, is the one it has
	 * seen.
	 * @param member the one that sees
	 * @param other the one that is seen
	 * @return {@code false} if another had its name
	 */
	boolean isKnown(LocalTransport member, LocalTransport other) {
		LocalTransport holder = holder(partOf(member), other.self());
		return holder == null || Objects.equals(holder, other);
	}

	private List<LocalTransport> partOf(LocalTransport member) {
		return all().stream().filter((part) -> part.contains(member)).findFirst().orElse(List.of());
	}

	private static @Nullable LocalTransport holder(List<LocalTransport> part, Node node) {
		return part.stream().filter((member) -> member.self().equals(node)).findFirst().orElse(null);
	}

}
