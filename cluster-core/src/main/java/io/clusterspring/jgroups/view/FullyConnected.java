package io.clusterspring.jgroups.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Divides members, of whom some do not reach each other, into parts in which each reaches
 * each, as Erlang's {@code global} does with {@code prevent_overlapping_partitions}. All
 * nodes come to the same parts when they know of the same links.
 */
final class FullyConnected {

	private FullyConnected() {
	}

	// the members with the fewest broken links choose first, those of equally many in
	// their order, and each goes into the first part that takes it
	static <T> Set<T> partOf(T own, Collection<T> members, BiPredicate<T, T> cut) {
		List<Set<T>> parts = new ArrayList<>();
		for (T member : fewestCutsFirst(members, cut)) {
			parts.stream()
				.filter((part) -> part.stream().noneMatch((other) -> cut.test(member, other)))
				.findFirst()
				.orElseGet(() -> addedTo(parts))
				.add(member);
		}
		return parts.stream().filter((part) -> part.contains(own)).findFirst().orElseGet(() -> Set.of(own));
	}

	private static <T> List<T> fewestCutsFirst(Collection<T> members, BiPredicate<T, T> cut) {
		// the sort is stable
		return members.stream()
			.map((member) -> new Cuts<>(member, cuts(member, members, cut)))
			.sorted(Comparator.comparingLong(Cuts::count))
			.map(Cuts::member)
			.toList();
	}

	private static <T> long cuts(T member, Collection<T> members, BiPredicate<T, T> cut) {
		return members.stream().filter((other) -> !other.equals(member) && cut.test(member, other)).count();
	}

	private static <T> Set<T> addedTo(List<Set<T>> parts) {
		Set<T> part = new LinkedHashSet<>();
		parts.add(part);
		return part;
	}

	private record Cuts<T>(T member, long count) {
	}

}
