package io.clusterspring.jgroups.guard;

import java.net.InetAddress;
import java.util.List;

import org.jgroups.JChannel;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.junit.jupiter.api.Test;

import io.clusterspring.ClusterCookie;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.UnguardedTransportException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConnectionSecurityTests {

	@Test
	void openClusterIsARiskOutsideTheMachine() throws Exception {
		InetAddress outside = InetAddress.getByName("192.0.2.1");
		ConnectionSecurity open = new ConnectionSecurity(null, null);
		assertThat(open.risk("shop", outside)).contains("192.0.2.1", "'shop'", "cluster.cookie", "cluster.ssl.bundle");
		assertThat(open.risk("shop", InetAddress.getLoopbackAddress())).isNull();
	}

	@Test
	void transportWithoutHandshakeIsRefusedIfThereIsACookie() throws Exception {
		try (JChannel channel = new JChannel(new SHARED_LOOPBACK())) {
			new ConnectionSecurity(null, null).applyTo(channel, "shop", List.of(), new EngineFailures());
			ConnectionSecurity closed = new ConnectionSecurity(ClusterCookie.of("secret"), null);
			assertThatExceptionOfType(UnguardedTransportException.class)
				.isThrownBy(() -> closed.applyTo(channel, "shop", List.of(), new EngineFailures()))
				.withMessageContaining("SHARED_LOOPBACK");
		}
	}

	@Test
	void cookieOrTlsEndsTheRisk() throws Exception {
		InetAddress outside = InetAddress.getByName("192.0.2.1");
		assertThat(new ConnectionSecurity(ClusterCookie.of("secret"), null).risk("shop", outside)).isNull();
		assertThat(new ConnectionSecurity(null, () -> {
			throw new IllegalStateException("not asked for");
		}).risk("shop", outside)).isNull();
	}

}
