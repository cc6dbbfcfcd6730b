package io.clusterspring.benchmarks.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.clusterspring.benchmarks.chaos.NodeEvent.Kind;

/**
 * Accounts for all messages. A message counts as lost if its sender and the node that did
 * not receive it had each other in their views all the time since the last message that
 * arrived was sent.
 */
final class Deliveries {

	// a view changes on one node a little earlier than on another
	private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Timeline timeline;

	private final Map<Long, NodeState> states;

	/**
	 * Create an account.
	 * @param timeline the lives of the processes
	 * @param states the reports of the live processes, by incarnation
	 */
	Deliveries(Timeline timeline, Map<Long, NodeState> states) {
		this.timeline = timeline;
		this.states = Map.copyOf(states);
	}

	/**
	 * Count the messages that arrived and those that did not.
	 * @param time the period
	 * @param before the account at the beginning of the period
	 * @return the figures
	 */
	MessageFigures since(Deliveries before, Span time) {
		MessageFigures all = MessageFigures.NONE;
		for (NodeLife receiver : lives()) {
			Map<Long, Heard> earlier = before.heard(receiver);
			for (Heard heard : heard(receiver).values()) {
				all = all.plus(figures(receiver, heard, time).minus(earlier.get(heard.incarnation())));
			}
		}
		return all.plusLost(unheard());
	}

	private List<NodeLife> lives() {
		return this.timeline.lives().stream().filter((life) -> this.states.containsKey(life.incarnation())).toList();
	}

	private Map<Long, Heard> heard(NodeLife receiver) {
		Map<Long, Heard> all = new HashMap<>();
		NodeState state = this.states.get(receiver.incarnation());
		if (state != null) {
			state.heard().forEach((heard) -> all.put(heard.incarnation(), heard));
		}
		return all;
	}

	// describes the messages that did not arrive between nodes that kept each other in
	// their views
	List<String> losses(Span time) {
		return lives().stream()
			.flatMap((receiver) -> heard(receiver).values()
				.stream()
				.flatMap((heard) -> breaks(receiver, heard, time).stream()
					.filter((each) -> each.missing() > 0)
					.map((each) -> receiver.name() + " lost " + each.missing() + " messages of " + heard.sender()
							+ " between " + (each.from() - time.from()) / 1_000_000 + " and "
							+ (each.to() - time.from()) / 1_000_000 + " ms")))
			.toList();
	}

	private NodeLife life(long incarnation) {
		return this.timeline.lives()
			.stream()
			.filter((life) -> life.incarnation() == incarnation)
			.findFirst()
			.orElseThrow();
	}

	private List<Break> breaks(NodeLife receiver, Heard heard, Span time) {
		return heard.breaks()
			.stream()
			.filter((each) -> time.holds(each.to()))
			.filter((each) -> Timeline.together(receiver, life(heard.incarnation()),
					new Span(each.sent() - SLACK_NANOS, each.to() + SLACK_NANOS)))
			.toList();
	}

	private MessageFigures figures(NodeLife receiver, Heard heard, Span time) {
		NodeLife sender = life(heard.incarnation());
		List<Break> breaks = breaks(receiver, heard, time);
		long lost = breaks.stream().mapToLong(Break::missing).sum() + unheard(receiver, sender, heard.last());
		long silence = LongStream
			.concat(breaks.stream().mapToLong((each) -> each.to() - each.from()),
					LongStream.of(time.holds(heard.firstTime()) ? untilFirst(receiver, sender, heard.firstTime()) : 0))
			.max()
			.orElse(0);
		return new MessageFigures(heard.count(), lost, heard.repeated(), heard.late(), heard.outside(), silence);
	}

	// since both had started and saw each other, if no message arrived
	private static long untilFirst(NodeLife receiver, NodeLife sender, long first) {
		long from = Math.max(
				Math.max(last(receiver, Kind.STARTED, receiver.name(), first),
						last(sender, Kind.STARTED, sender.name(), first)),
				Math.max(last(receiver, Kind.UP, sender.name(), first), last(sender, Kind.UP, receiver.name(), first)));
		return Timeline.together(receiver, sender, new Span(from, first)) ? first - from : 0;
	}

	private static long last(NodeLife life, Kind kind, String subject, long before) {
		return life.events()
			.stream()
			.filter((event) -> event.kind() == kind && event.subject().equals(subject) && event.time() <= before)
			.mapToLong(NodeEvent::time)
			.max()
			.orElse(Long.MIN_VALUE);
	}

	private long unheard(NodeLife receiver, NodeLife sender, long last) {
		NodeState state = this.states.get(sender.incarnation());
		return (state != null) ? Math.max(0, state.sent() - 1 - last) : 0;
	}

	// for senders from which a node has never received a message
	private long unheard() {
		long lost = 0;
		for (NodeLife receiver : lives()) {
			Map<Long, Heard> heard = heard(receiver);
			lost += lives().stream()
				.filter((sender) -> !heard.containsKey(sender.incarnation()))
				.mapToLong((sender) -> unheard(receiver, sender, -1))
				.sum();
		}
		return lost;
	}

	/**
	 * Return whether each node has received all published messages.
	 * @return {@code true} if no message is missing
	 */
	boolean isComplete() {
		return lives().stream()
			.allMatch((receiver) -> lives().stream()
				.allMatch((sender) -> unheard(receiver, sender, lastHeard(receiver, sender)) == 0));
	}

	private long lastHeard(NodeLife receiver, NodeLife sender) {
		Heard heard = heard(receiver).get(sender.incarnation());
		return (heard != null) ? heard.last() : -1;
	}

}
