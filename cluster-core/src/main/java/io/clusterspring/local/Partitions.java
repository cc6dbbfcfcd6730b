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
 * The partitions of a network at one moment. Immutable.
 */
final class Partitions {

	private final Map<Integer, List<LocalTransport>> members = new LinkedHashMap<>();

	/**
	 * Create the partitions.
	 * @param sides the members, the oldest first, and the number of their partition
	 */
	Partitions(Map<LocalTransport, Integer> sides) {
		sides.forEach((member, side) -> this.members.computeIfAbsent(side, (key) -> new ArrayList<>()).add(member));
	}

	// returns the members of each partition, the oldest first
	List<List<LocalTransport>> all() {
		return List.copyOf(this.members.values());
	}

	/**
	 * Return whether a name is taken in a partition.
	 * @return {@code true} if a member of the partition has it
	 */
	boolean isTaken(int side, Node node) {
		return holder(this.members.getOrDefault(side, List.of()), node) != null;
	}

	/**
	 * Return the members that lose their names when the partitions change.
	 * @param sides the members, the oldest first, and the number of their new partition
	 * @return all members whose name another one keeps: the one of the largest old
	 * partition, or the oldest one if they are equally large
	 */
	List<LocalTransport> losers(Map<LocalTransport, Integer> sides) {
		return new Partitions(sides).all().stream().flatMap((part) -> {
			Map<Node, List<LocalTransport>> byName = part.stream()
				.collect(Collectors.groupingBy(LocalTransport::self, LinkedHashMap::new, Collectors.toList()));
			return byName.values().stream().flatMap((duplicates) -> best(duplicates).stream().skip(1));
		}).toList();
	}

	private List<LocalTransport> best(List<LocalTransport> duplicates) {
		return duplicates.stream()
			.sorted(Comparator.<LocalTransport>comparingInt((member) -> partOf(member).size()).reversed())
			.toList();
	}

	/**
	 * Return whether a member knows another member by its name.
	 * @return {@code false} if the member has seen a different member with that name
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
