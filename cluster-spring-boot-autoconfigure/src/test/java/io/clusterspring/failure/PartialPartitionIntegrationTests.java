package io.clusterspring.failure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests networks in which only some links are cut, in one direction or both, with a
 * publisher on each node. {@code -Dlink.cuts=all} tests every single and every double
 * cut.
 */
class PartialPartitionIntegrationTests {

	private static final Duration DETECTION = Duration.ofMillis(Long.getLong("link.detection", 8000));

	private static final Duration AGREED = DETECTION.plusSeconds(2);

	// for a busy machine
	private static final Duration SLACK = Duration.ofSeconds(10);

	// a view is stable for at least the detection time
	private static final Duration OBSERVED = DETECTION;

	private static final Duration HEALED = Duration.ofSeconds(10);

	private int size;

	private List<String> names = List.of();

	@ParameterizedTest
	@CsvSource({ "3, 27940, 1-3;1-2;2>1", "4, 27960, 1-3 2-4;1>4" })
	void viewsAreTrueFromBothSidesAndOneAfterTheHeal(int nodes, int port, String some) throws Exception {
		NetworkNamespaces.require();
		String wanted = System.getProperty("link.cuts", some);
		this.size = nodes;
		this.names = IntStream.rangeClosed(1, nodes).mapToObj((number) -> "n" + number).toList();
		List<String> listed = NetworkNamespaces.nodes(nodes);
		try (NetworkNamespaces network = new NetworkNamespaces(nodes);
				NodeProcesses processes = new NodeProcesses(port, DETECTION, listed)) {
			for (int number = 1; number <= nodes; number++) {
				processes.start(listed.get(number - 1), network.prefix(number));
			}
			processes.awaitAll();
			processes.tellAll("publish 200 200");
			everybodyHears(processes);
			List<Throwable> failures = new ArrayList<>();
			for (String cuts : "all".equals(wanted) ? LinkCut.all(nodes) : List.of(wanted.split(";"))) {
				tryCuts(processes, network, LinkCut.of(cuts)).ifPresent(failures::add);
			}
			assertThat(failures).isEmpty();
		}
	}

	// one that fails is not to hide what comes of the others
	private Optional<Throwable> tryCuts(NodeProcesses processes, NetworkNamespaces network, List<LinkCut> cuts) {
		try {
			isAgreedOn(processes, network, cuts);
			return Optional.empty();
		}
		catch (AssertionError | ConditionTimeoutException ex) {
			System.out.println("links " + cuts + " at " + System.currentTimeMillis() + ": " + ex);
			this.names.forEach((name) -> System.out
				.println(name + " " + processes.get(name).events() + " " + processes.get(name).output()));
			cuts.forEach((link) -> link.apply(network::restore));
			await().atMost(NodeProcesses.PATIENCE).until(() -> isWhole(processes));
			everybodyHears(processes);
			return Optional.of(ex);
		}
	}

	private void isAgreedOn(NodeProcesses processes, NetworkNamespaces network, List<LinkCut> cuts) {
		long cut = System.currentTimeMillis();
		cuts.forEach((link) -> link.apply(network::cut));
		await().atMost(NodeProcesses.PATIENCE).untilAsserted(() -> areTrueFromBothSides(cuts, views(processes)));
		long agreed = lastEvent(processes) - cut;
		Map<String, Set<String>> views = views(processes);
		String what = cuts + " " + views;
		assertThat(agreed).as(what + " milliseconds until the views agree").isLessThan(AGREED.plus(SLACK).toMillis());
		// messages of before the last node had its view have come before these
		views.forEach((to, view) -> view.forEach((from) -> processes.awaitFlow(to, from)));
		Map<String, NodeReport> before = reports(processes);
		sleepUntil(cut + agreed + OBSERVED.toMillis());
		Map<String, NodeReport> after = reports(processes);
		assertThat(views(processes)).as(what + " is stable").isEqualTo(views);
		this.names.forEach((name) -> assertThat(changes(processes, name)).as(what + " view changes of " + name)
			.filteredOn((change) -> change.at > cut)
			.extracting(Change::node)
			.doesNotHaveDuplicates());
		everyNodeHearsItsViewOnly(what, views, before, after);
		cuts.forEach((link) -> link.apply(network::heal));
		long healed = System.currentTimeMillis();
		await().atMost(NodeProcesses.PATIENCE).until(() -> isWhole(processes));
		long whole = lastEvent(processes) - healed;
		assertThat(whole).as(what + " milliseconds until there is one view").isLessThan(HEALED.plus(SLACK).toMillis());
		System.out.println("links " + cuts + ": agreed after " + agreed + " ms on " + new HashSet<>(views.values())
				+ ", one view " + whole + " ms after the heal");
		everybodyHears(processes);
		Map<String, NodeReport> start = reports(processes);
		everybodyHears(processes);
		everyNodeHearsItsViewOnly(what + " after the heal", views(processes), start, reports(processes));
	}

	private void areTrueFromBothSides(List<LinkCut> cuts, Map<String, Set<String>> views) {
		views.forEach((node, view) -> view.forEach((other) -> {
			assertThat(views.get(other)).as(cuts + " " + views).isEqualTo(view);
			assertThat(cuts).as(cuts + " " + views).noneMatch((link) -> link.isBetween(node, other));
		}));
	}

	private void everyNodeHearsItsViewOnly(String what, Map<String, Set<String>> views, Map<String, NodeReport> before,
			Map<String, NodeReport> after) {
		for (String to : this.names) {
			for (String from : this.names) {
				NodeReport.Stream first = before.get(to).from(from);
				NodeReport.Stream last = after.get(to).from(from);
				String who = what + " " + from + " to " + to;
				assertThat(last.repeated()).as(who + " repeated").isZero();
				if (views.get(to).contains(from)) {
					assertThat(last.count()).as(who + " heard").isGreaterThan(first.count());
					assertThat(last.missing()).as(who + " missing").isEqualTo(first.missing());
				}
				else {
					assertThat(last.count()).as(who + " heard from outside the view").isEqualTo(first.count());
				}
			}
		}
	}

	private Map<String, NodeReport> reports(NodeProcesses processes) {
		Map<String, NodeReport> reports = new HashMap<>();
		this.names.forEach((name) -> reports.put(name, processes.get(name).report()));
		return reports;
	}

	private Map<String, Set<String>> views(NodeProcesses processes) {
		Map<String, Set<String>> views = new HashMap<>();
		for (String name : this.names) {
			Set<String> view = new TreeSet<>(Set.of(name));
			for (Change change : changes(processes, name)) {
				if (change.up) {
					view.add(change.node);
				}
				else {
					view.remove(change.node);
				}
			}
			views.put(name, view);
		}
		return views;
	}

	private boolean isWhole(NodeProcesses processes) {
		return views(processes).values().stream().allMatch((view) -> view.size() == this.size);
	}

	private long lastEvent(NodeProcesses processes) {
		return this.names.stream()
			.flatMap((name) -> changes(processes, name).stream())
			.mapToLong(Change::at)
			.max()
			.orElseThrow();
	}

	private static List<Change> changes(NodeProcesses processes, String name) {
		List<Change> changes = new ArrayList<>();
		for (String event : processes.get(name).events()) {
			String[] words = event.split(" ");
			if (words[0].equals("@up") || words[0].equals("@down")) {
				changes.add(new Change(words[0].equals("@up"), words[1], Long.parseLong(words[2])));
			}
		}
		return changes;
	}

	private void everybodyHears(NodeProcesses processes) {
		this.names.forEach((to) -> this.names.forEach((from) -> processes.awaitFlow(to, from)));
	}

	private static void sleepUntil(long time) {
		while (System.currentTimeMillis() < time) {
			LockSupport.parkNanos(10_000_000);
		}
	}

	private record Change(boolean up, String node, long at) {
	}

}
