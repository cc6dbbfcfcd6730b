package io.clusterspring.jgroups.discovery;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.clusterspring.UnreachedPlace;
import io.clusterspring.UnreachedPlace.Cause;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.DiscoveryRound.Target;
import io.clusterspring.jgroups.guard.ContactFailure;

import static org.assertj.core.api.Assertions.assertThat;

class ContactsTests {

	private static final Target RANGE = new Target("10.0.0.2", new PortRange(7800, 3));

	private static final Target ONE = new Target("::1", new PortRange(7800, 1));

	private static final ContactFailure REFUSED = ContactFailure.of(new ConnectException("Connection refused"));

	private final Contacts contacts = new Contacts(Set.of());

	@Test
	void placeWhereNobodyListensIsNamedAsAWhole() {
		refuse(RANGE, 7800, 7801, 7802);
		refuse(ONE, 7800);
		assertThat(this.contacts.unreached()).extracting(UnreachedPlace::place)
			.containsExactly("10.0.0.2:7800-7802", "[::1]:7800");
	}

	@Test
	void hostThatDoesNotAnswerIsNamedAsAWhole() {
		ContactFailure timedOut = ContactFailure.of(new SocketTimeoutException("Connect timed out"));
		ContactFailure unreachable = ContactFailure.of(new NoRouteToHostException("No route to host"));
		this.contacts.tried(RANGE, 7801, timedOut);
		assertThat(places()).containsExactly("10.0.0.2:7800-7802");
		this.contacts.tried(RANGE, 7800, unreachable);
		this.contacts.tried(RANGE, 7802, unreachable);
		assertThat(places()).containsExactly("10.0.0.2:7800-7802");
		this.contacts.tried(RANGE, 7801, unreachable);
		assertThat(places()).containsExactly("10.0.0.2:7800-7802");
	}

	@Test
	void portThatAFirewallDropsIsNamedWhereOthersAnswer() {
		refuse(RANGE, 7800, 7802);
		this.contacts.tried(RANGE, 7801, ContactFailure.of(new SocketTimeoutException("Connect timed out")));
		assertThat(places()).containsExactly("10.0.0.2:7801");
	}

	@Test
	void onePortThatLeadsToANodeIsEnough() {
		refuse(RANGE, 7800, 7802);
		this.contacts.tried(RANGE, 7801, ContactFailure.NONE);
		assertThat(this.contacts.unreached()).isEmpty();
		refuse(RANGE, 7801);
		assertThat(this.contacts.unreached()).hasSize(1);
	}

	@Test
	void failureThatSaysMostStandsForThePlace() {
		refuse(RANGE, 7800, 7802);
		this.contacts.tried(RANGE, 7801, new ContactFailure(Cause.COOKIE, "wrong cookie"));
		assertThat(this.contacts.unreached())
			.containsExactly(new UnreachedPlace("10.0.0.2:7801", Cause.COOKIE, "wrong cookie"));
	}

	@Test
	void lastAttemptCounts() {
		this.contacts.unknown(ONE);
		assertThat(causes()).containsExactly(Cause.UNKNOWN_HOST);
		refuse(ONE, 7800);
		assertThat(causes()).containsExactly(Cause.REFUSED);
		this.contacts.unknown(ONE);
		assertThat(causes()).containsExactly(Cause.UNKNOWN_HOST);
		this.contacts.tried(ONE, 7800, ContactFailure.NONE);
		assertThat(causes()).isEmpty();
	}

	@Test
	void placeOfThisNodeAloneIsNotMissedByItself() {
		this.contacts.tried(RANGE, 7800, ContactFailure.SELF);
		assertThat(causes()).isEmpty();
		refuse(RANGE, 7801, 7802);
		assertThat(causes()).isEmpty();
		this.contacts.tried(RANGE, 7801, ContactFailure.of(new EOFException()));
		assertThat(causes()).containsExactly(Cause.HUNG_UP);
	}

	@Test
	void placeOfThisNodeAndAnotherIsMissed() {
		Contacts shared = new Contacts(Set.of(RANGE));
		shared.tried(RANGE, 7800, ContactFailure.SELF);
		shared.tried(RANGE, 7801, REFUSED);
		assertThat(shared.unreached()).extracting(UnreachedPlace::cause).containsExactly(Cause.REFUSED);
	}

	@Test
	void placeThatIsNotLookedAtAnyMoreIsForgotten() {
		refuse(RANGE, 7800);
		refuse(ONE, 7800);
		this.contacts.located(List.of(ONE), null);
		assertThat(this.contacts.unreached()).hasSize(1);
		this.contacts.located(List.of(), "it fails: no database");
		assertThat(this.contacts.unreached())
			.containsExactly(new UnreachedPlace("lookup", Cause.LOOKUP, "it fails: no database"));
		this.contacts.clear();
		assertThat(this.contacts.unreached()).isEmpty();
	}

	private List<String> places() {
		return this.contacts.unreached().stream().map(UnreachedPlace::place).toList();
	}

	private List<Cause> causes() {
		return this.contacts.unreached().stream().map(UnreachedPlace::cause).toList();
	}

	private void refuse(Target target, int... ports) {
		for (int port : ports) {
			this.contacts.tried(target, port, REFUSED);
		}
	}

}
