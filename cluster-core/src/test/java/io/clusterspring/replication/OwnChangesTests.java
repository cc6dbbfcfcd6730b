package io.clusterspring.replication;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.clusterspring.replication.OwnChanges.PartSize;
import io.clusterspring.replication.Replicas.Changes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OwnChanges} and {@link PartSize}.
 */
class OwnChangesTests {

	private static final PartSize<String> SIZE = new PartSize<>(String::length, 10, 3);

	private final OwnChanges<String> changes = new OwnChanges<>(7, OwnChanges.Numbered.CHANGE, 5, SIZE);

	private final OwnChanges<String> messages = new OwnChanges<>(7, OwnChanges.Numbered.MESSAGE, 5, SIZE);

	@Test
	void messageHasAsManyElementsAsFitAndAtLeastOne() {
		assertThat(SIZE.first(List.of())).isEmpty();
		assertThat(SIZE.first(List.of("a", "b", "c", "d"))).containsExactly("a", "b", "c");
		assertThat(SIZE.first(List.of("12345", "12345", "1"))).containsExactly("12345", "12345");
		assertThat(SIZE.first(List.of("12345678901", "1"))).containsExactly("12345678901");
	}

	@Test
	void eachChangeHasANumber() {
		assertThat(this.changes.take()).isNull();
		List.of("a", "b", "c", "d").forEach(this.changes::add);
		assertThat(this.changes.last()).isEqualTo(4);
		assertThat(this.changes.sent()).isZero();
		assertThat(this.changes.take()).isEqualTo(new Changes<>(7, 0, 3, List.of("a", "b", "c")));
		assertThat(this.changes.sent()).isEqualTo(3);
		assertThat(this.changes.take()).isEqualTo(new Changes<>(7, 3, 4, List.of("d")));
		assertThat(this.changes.take()).isNull();
	}

	@Test
	void eachMessageHasANumber() {
		List.of("a", "b", "c", "d").forEach(this.messages::add);
		assertThat(this.messages.last()).isEqualTo(1);
		assertThat(this.messages.take()).isEqualTo(new Changes<>(7, 0, 1, List.of("a", "b", "c")));
		assertThat(this.messages.take()).isEqualTo(new Changes<>(7, 1, 2, List.of("d")));
	}

	@Test
	void changesAboveTheCapacityLeaveAGap() {
		for (OwnChanges<String> own : List.of(this.changes, this.messages)) {
			List.of("a", "b", "c", "d", "e").forEach(own::add);
			assertThat(own.takeLoss()).isFalse();
			own.add("f");
			assertThat(own.dropped()).isEqualTo(6);
			assertThat(own.takeLoss()).isTrue();
			assertThat(own.takeLoss()).isFalse();
			assertThat(own.take()).isNull();
			assertThat(own.sent()).isEqualTo(own.last()).isPositive();
			own.add("g");
			Changes<String> next = own.take();
			assertThat(next).isNotNull();
			assertThat(next.from()).isPositive();
			assertThat(next.changes()).containsExactly("g");
		}
	}

	@Test
	void discardedChangesAreNotCountedAsDropped() {
		this.changes.add("a");
		this.changes.discard();
		assertThat(this.changes.take()).isNull();
		assertThat(this.changes.sent()).isEqualTo(1);
		assertThat(this.changes.dropped()).isZero();
		assertThat(this.changes.takeLoss()).isFalse();
	}

}
