package io.clusterspring.jgroups.guard;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.clusterspring.RefusedPeer.Reason;
import io.clusterspring.UnreachedPlace.Cause;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContactFailure}.
 */
class ContactFailureTests {

	static Stream<Arguments> failures() {
		return Stream.of(Arguments.of(new ConnectException("Connection refused"), Cause.REFUSED),
				Arguments.of(new ConnectException("Connection timed out"), Cause.TIMED_OUT),
				Arguments.of(new SocketTimeoutException("Connect timed out"), Cause.TIMED_OUT),
				Arguments.of(new ContactFailure.SilentPeerException(new SocketTimeoutException("Read timed out")),
						Cause.SILENT),
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
	void detourIsNamed() {
		assertThat(ContactFailure.of(new ConnectException("Connection refused")).by("203.0.113.7:30001").detail())
			.contains("203.0.113.7:30001", "cluster.advertised", "connection refused");
	}

}
