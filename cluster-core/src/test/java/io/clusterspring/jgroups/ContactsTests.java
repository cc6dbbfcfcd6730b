package io.clusterspring.jgroups;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.clusterspring.RefusedPeer.Reason;
import io.clusterspring.UnreachedPlace;
import io.clusterspring.UnreachedPlace.Cause;
import io.clusterspring.jgroups.DiscoveryRound.Target;

import static org.assertj.core.api.Assertions.assertThat;

class ContactsTests {

	private static final Target RANGE = new Target("10.0.0.2", new PortRange(7800, 3));

	private static final Target ONE = new Target("::1", new PortRange(7800, 1));

	private static final ContactFailure REFUSED = ContactFailure.of(new ConnectException("Connection refused"));

	private final Contacts contacts = new Contacts(Set.of());

	static Stream<Arguments> failures() {
		return Stream.of(Arguments.of(new ConnectException("Connection refused"), Cause.REFUSED),
				Arguments.of(new ConnectException("Connection timed out"), Cause.TIMED_OUT),
				Arguments.of(new SocketTimeoutException("Connect timed out"), Cause.TIMED_OUT),
				Arguments.of(new SilentPeerException(new SocketTimeoutException("Read timed out")), Cause.SILENT),
				Arguments.of(new NoRouteToHostException("No route to host"), Cause.UNREACHABLE),
				Arguments.of(new ConnectException("Network is unreachable"), Cause.UNREACHABLE),
				Arguments.of(new SocketException("Network is unreachable"), Cause.UNREACHABLE),
				Arguments.of(new EOFException(), Cause.HUNG_UP),
				Arguments.of(new SocketException("Connection reset"), Cause.HUNG_UP),
				Arguments.of(new IOException("odd"), Cause.OTHER));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failureHasACause(IOException failure, Cause cause) {
		assertThat(ContactFailure.of(failure).cause()).isEqualTo(cause);
		assertThat(ContactFailure.of(failure).detail()).isNotBlank();
	}

	@ParameterizedTest
	@EnumSource
	void refusalKeepsItsReason(Reason reason) {
		ContactFailure failure = ContactFailure.of(new ConnectionRefusedException(reason, "the detail"));
		assertThat(failure.cause()).hasToString(reason.toString());
		assertThat(failure.detail()).isEqualTo("the detail");
	}

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
		this.contacts.tried(RANGE, 7801,
				ContactFailure.of(new ConnectionRefusedException(Reason.COOKIE, "wrong cookie")));
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

	@Test
	void detourIsNamed() {
		assertThat(REFUSED.by("203.0.113.7:30001").detail()).contains("203.0.113.7:30001", "cluster.advertised",
				"connection refused");
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
