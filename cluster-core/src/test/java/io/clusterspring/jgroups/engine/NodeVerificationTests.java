package io.clusterspring.jgroups.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time goes by when the test says so; the clock on the wall of the machine does not
 * matter.
 */
class NodeVerificationTests {

	private final Address member = UUID.randomUUID();

	private final Address other = UUID.randomUUID();

	private final List<Object> told = new ArrayList<>();

	private long nanos = 5;

	private final NodeVerification verification = new NodeVerification(() -> this.nanos);

	@BeforeEach
	void connect() {
		this.verification.setTimeout(200);
		this.verification.setUpProtocol(new Protocol() {

			@Override
			public Object up(Event event) {
				if (event.getType() == Event.SUSPECT) {
					NodeVerificationTests.this.told.add(event.getArg());
				}
				return null;
			}

		});
		this.verification.setDownProtocol(new Protocol() {

			@Override
			public Object down(Message message) {
				return null;
			}

			@Override
			public Object down(Event event) {
				return null;
			}

		});
	}

	@Test
	void whatDoesNotAnswerIsSuspectedAfterItsTimeAndNotBefore() {
		suspect(this.member);
		pass(199);
		assertThat(this.told).isEmpty();
		suspect(this.other);
		suspect(this.member);
		pass(1);
		assertThat(this.told).containsExactly(List.of(this.member));
		pass(199);
		assertThat(this.told).containsExactly(List.of(this.member), List.of(this.other));
		pass(10_000);
		assertThat(this.told).hasSize(2);
	}

	@Test
	void whatAnswersHasItsWholeTimeWhenItIsAskedAgain() {
		suspect(this.member);
		pass(150);
		this.verification.unsuspect(this.member);
		suspect(this.member);
		pass(150);
		assertThat(this.told).isEmpty();
		pass(50);
		assertThat(this.told).containsExactly(List.of(this.member));
	}

	private void suspect(Address address) {
		this.verification.up(new Event(Event.SUSPECT, List.of(address)));
	}

	private void pass(long millis) {
		this.nanos += TimeUnit.MILLISECONDS.toNanos(millis);
		this.verification.run();
	}

}
