package io.clusterspring.jgroups.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.ViewId;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.view.AgreementHeader.Line;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Agreement}: what a node makes of the view that others have installed
 * without it.
 */
class AgreementTests implements Agreement.Engine {

	private final Address n1 = address("n1@h");

	private final Address n2 = address("n2@h");

	private final Address own = address("n3@h");

	private final Address successor = address("n3@h");

	private final Set<Address> suspects = new HashSet<>();

	private final List<String> warnings = new ArrayList<>();

	private long millis = 1000;

	private final Agreement agreement = new Agreement(this.own, View.create(this.n1, 2, this.n1, this.n2, this.own),
			8000, this, new AgreementTalk((to, header) -> {
			}), () -> TimeUnit.MILLISECONDS.toNanos(this.millis));

	AgreementTests() {
		this.agreement.installed(View.create(this.n1, 2, this.n1, this.n2, this.own));
	}

	@Test
	void viewOfANodeThatIsBeingExcludedComesTooLate() {
		assertThat(Stream.of(this.n1, this.n2)).noneMatch(this.agreement::isExcluded);
		this.agreement.take(this.n1, told(4, this.n1, this.n2, this.successor));
		assertThat(this.suspects).containsExactlyInAnyOrder(this.n1, this.n2);
		assertThat(Stream.of(this.n1, this.n2)).allMatch(this.agreement::isExcluded);
		this.agreement.installed(View.create(this.own, 3, this.own));
		assertThat(Stream.of(this.n1, this.n2)).noneMatch(this.agreement::isExcluded);
	}

	@Test
	void viewOfANodeCountsAgainIfTheEngineDoesNotExcludeIt() {
		this.agreement.take(this.n1, told(4, this.n1, this.n2, this.successor));
		for (int tick = 0; tick < 30; tick++) {
			this.millis += 250;
			this.agreement.tick();
		}
		assertThat(Stream.of(this.n1, this.n2)).noneMatch(this.agreement::isExcluded);
	}

	@Test
	void nodeThatHasJoinedSinceIsExcludedWithTheOthers() {
		this.agreement.installed(View.create(this.n1, 3, this.n1, this.n2, this.own, this.successor));
		this.agreement.take(this.n1, told(4, this.n1, this.n2, this.successor));
		assertThat(this.suspects).containsExactlyInAnyOrder(this.n1, this.n2, this.successor);
		assertThat(this.warnings).hasSize(1);
	}

	private AgreementHeader told(long id, Address... members) {
		return new AgreementHeader(AgreementHeader.VIEW, 0,
				List.of(new Line(new ViewId(members[0], id), List.of(members))));
	}

	private static Address address(String node) {
		return MemberAddress.newAddress(Node.of(node), 1);
	}

	@Override
	public boolean isLeaving() {
		return false;
	}

	@Override
	public void warn(String cause) {
		this.warnings.add(cause);
	}

	@Override
	public void verify(Set<Address> members) {
	}

	@Override
	public void suspect(Set<Address> members) {
		this.suspects.addAll(members);
	}

	@Override
	public void unsuspect(Address member) {
	}

	@Override
	public void merge(Map<Address, View> views) {
	}

}
