package io.clusterspring.channel.fanout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.clusterspring.channel.protocol.SocketPayload;
import io.clusterspring.history.CatchUp;
import io.clusterspring.history.CatchUp.Loss;
import io.clusterspring.history.ClusterHistory;
import io.clusterspring.history.HistoryPosition;
import io.clusterspring.history.MessagePosition;
import io.clusterspring.mailbox.Delay;
import io.clusterspring.pubsub.HistorySubscription;
import io.clusterspring.pubsub.TopicMessage;

/**
 * A member whose client follows the positions of a topic with history. First it catches
 * up: kept messages that come meanwhile are held, and when the node knows what the client
 * has missed, one task of the topic's mailbox replays that, tells the client and lets
 * live messages follow. So nothing is doubled or lost. Messages that are not kept do not
 * wait.
 *
 * <p>
 * A replay that does not fit into what may wait for the client, or for its handler, is
 * answered as if it had been evicted: otherwise it would close the socket, again and
 * again.
 */
final class CatchUpJoin implements Service {

	private static final Duration PAUSE = Duration.ofMillis(20);

	private final Member member;

	private final HistoryRequest request;

	private final HistorySubscription subscription;

	private final ChannelFanout fanout;

	private final long since = System.nanoTime();

	private final List<Runnable> after = new ArrayList<>();

	private final HeldMessages held = new HeldMessages();

	private volatile boolean live;

	CatchUpJoin(Member member, HistoryRequest request, HistorySubscription subscription, ChannelFanout fanout) {
		this.member = member;
		this.request = request;
		this.subscription = subscription;
		this.fanout = fanout;
	}

	/** Begin to catch up. It must not wait. */
	void begin() {
		HistoryPosition position = this.request.position();
		if (position != null || this.request.last() > 0) {
			this.subscription.ready((position != null) ? position : HistoryPosition.NOTHING)
				.thenRun(this::attemptLater);
		}
		else {
			attemptLater();
		}
	}

	private void attemptLater() {
		this.fanout.execute(this.subscription, () -> {
			if (this.fanout.serves(this.member, this)) {
				ChannelFanout.serve(this.member, this::attemptOrEnd);
			}
			else {
				this.live = true;
			}
			if (this.live) {
				this.held.clear();
				this.after.forEach(Runnable::run);
				this.after.clear();
				this.fanout.ended(this);
			}
		});
	}

	private void attemptOrEnd() {
		try {
			attempt();
		}
		catch (Throwable ex) {
			this.live = true;
			throw ex;
		}
	}

	private void attempt() {
		HistoryPosition from = this.request.position();
		if (!this.request.isValid()) {
			lost(Loss.INVALID);
		}
		else if (from == null) {
			first();
		}
		else {
			returned(from);
		}
	}

	private void first() {
		List<TopicMessage> last = (this.request.last() > 0) ? this.subscription.last(this.request.last()) : List.of();
		List<TopicMessage> before = last.stream().filter((message) -> !this.held.has(message)).toList();
		if (this.held.isOverflown()) {
			lost(Loss.EVICTED);
			return;
		}
		Replay replay = new Replay(this.member, this.fanout.replayFrames());
		replay.run(replay.fitting(before));
		replay.run(this.held.messages());
		goOn(HistoryEvent.first(this.subscription.position()));
	}

	private void returned(HistoryPosition from) {
		CatchUp answer = this.subscription.catchUp(from, this.request.away());
		if (answer instanceof CatchUp.Recovered recovered) {
			recovered(this.subscription.messages(recovered), recovered.position());
		}
		else if (answer instanceof CatchUp.Lost lost) {
			lost(lost.loss());
		}
		else if (System.nanoTime() - this.since > ClusterHistory.CATCH_UP_TIME.toNanos()) {
			lost(Loss.UNREACHABLE);
		}
		else {
			Delay.of(PAUSE, () -> this.subscription.ready(from).thenRun(this::attemptLater));
		}
	}

	private void recovered(List<TopicMessage> missed, HistoryPosition position) {
		Replay replay = new Replay(this.member, this.fanout.replayFrames());
		if (replay.fits(missed)) {
			replay.run(missed);
			this.subscription.told(null);
			goOn(HistoryEvent.recovered(position));
		}
		else {
			lost(Loss.EVICTED);
		}
	}

	private void lost(Loss loss) {
		if (this.request.position() != null || !this.request.isValid()) {
			this.subscription.told(loss);
		}
		HistoryPosition position = this.subscription.position();
		List<TopicMessage> messages = this.held.messages();
		Replay replay = new Replay(this.member, this.fanout.replayFrames());
		boolean fits = !this.held.isOverflown() && replay.fits(messages);
		HistoryPosition from = fits ? this.held.before(position) : position;
		tell(HistoryEvent.lost(from, loss.reason()));
		if (fits) {
			replay.run(messages);
		}
		this.live = true;
	}

	private void goOn(SocketPayload event) {
		tell(event);
		this.live = true;
	}

	private void tell(SocketPayload event) {
		this.member.followed().deliver(this.member.frame(HistoryRequest.KEY, event));
	}

	@Override
	public void broadcasts(BroadcastBatch batch) {
		if (this.live) {
			batch.follow(this.member);
		}
		else {
			List<TopicMessage> others = batch.messages().stream().filter((message) -> !hold(message)).toList();
			if (!others.isEmpty()) {
				new BroadcastBatch(others).follow(this.member);
			}
		}
	}

	@Override
	public void plain(TopicMessage message) {
		if (this.live || !hold(message)) {
			Replay.plain(this.member, message);
		}
	}

	/** Hold a message until the member has caught up, if it is kept. */
	private boolean hold(TopicMessage message) {
		MessagePosition position = message.position();
		if (position != null) {
			this.held.add(message, this.member);
		}
		return position != null;
	}

	@Override
	public void gap() {
		if (this.live) {
			tell(HistoryEvent.lost(this.subscription.position(), HistoryEvent.GAP));
		}
		else {
			this.held.overflow();
		}
	}

	@Override
	public void after(Runnable task) {
		if (this.live) {
			task.run();
		}
		else {
			this.after.add(task);
		}
	}

	@Override
	public boolean holds() {
		return !this.live;
	}

}
