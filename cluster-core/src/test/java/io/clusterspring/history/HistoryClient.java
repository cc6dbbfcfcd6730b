package io.clusterspring.history;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of one topic, which checks what it receives: every message of each origin in
 * order, once, or it is told.
 */
final class HistoryClient {

	private final HistoryWorld world;

	final String name;

	final String topic;

	HistoryPosition position = HistoryPosition.NOTHING;

	private boolean fresh = true;

	private boolean begun;

	/** It began before its node knew what was published earlier. */
	boolean early;

	@Nullable HistoryWorld.Member node;

	boolean live;

	private long contact;

	private long since;

	int recovered;

	int lost;

	HistoryClient(HistoryWorld world, String name, String topic) {
		this.world = world;
		this.name = name;
		this.topic = topic;
	}

	boolean isLive() {
		return this.live;
	}

	void connect(HistoryWorld.Member member) {
		if (this.node == null) {
			this.node = member;
			this.live = false;
			this.since = this.world.now();
			this.world.note(() -> this + " joins at " + member.name);
			goOn();
		}
	}

	void disconnect() {
		if (this.node != null) {
			this.world.note(() -> this + " leaves");
			this.node = null;
			if (this.live) {
				this.contact = this.world.now();
			}
			this.live = false;
		}
	}

	/** Finish a join that waits. */
	void goOn() {
		HistoryWorld.Member member = this.node;
		if (member == null || this.live) {
			return;
		}
		LogReader reader = member.fanOuts.get(this.topic);
		boolean late = this.world.now() - this.since > ClusterHistory.CATCH_UP_TIME.toNanos();
		assertThat(reader).isNotNull();
		if (reader.unread() > 0) {
			return;
		}
		if (!this.begun) {
			if (late || member.isReady(this.topic, HistoryPosition.NOTHING)) {
				begin(reader.position());
			}
		}
		else if (member.isReady(this.topic, this.position) || late) {
			CatchUp answer = reader.catchUp(this.position, this.contact, member.store::isForgotten);
			if (answer instanceof CatchUp.Recovered found && member.sync.isComplete()
					&& TopicLog.isAfter(this.contact, member.store.lostUntil())) {
				this.world.note(() -> this + " recovers " + found.missed());
				this.recovered++;
				// from now on each new origin has to begin with its first message
				this.fresh = false;
				found.missed().forEach((message) -> receive(message, found.position()));
				this.position = found.position();
				this.live = true;
			}
			else if (answer != null || late) {
				this.world.note(() -> this + " is told " + answer);
				this.lost++;
				begin(reader.position());
			}
		}
	}

	private void begin(HistoryPosition at) {
		this.early = this.node != null && this.node.store.isBooting();
		this.world.note(() -> this + " begins at " + at);
		this.position = at;
		this.begun = true;
		this.fresh = true;
		this.live = true;
	}

	void receive(LogItem item, HistoryPosition at) {
		if (item instanceof LogGap) {
			this.lost++;
			begin(at);
			return;
		}
		KeptMessage message = (KeptMessage) item;
		long before = this.position.number(message.origin());
		String what = this + " at " + before + " gets " + message + " (" + new MessagePosition(message.origin(), 0)
				+ ")";
		if (before >= 0) {
			assertThat(message.number()).as(what).isEqualTo(before + 1);
		}
		else if (!this.fresh) {
			long[] first = this.world.published(message.origin(), this.topic);
			assertThat(message.number()).as(what).isEqualTo(first[0]);
		}
		this.position = this.position.with(message.position());
	}

	@Override
	public String toString() {
		return this.name + " of " + this.topic;
	}

}
