package io.clusterspring.jgroups.engine;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;
import io.clusterspring.jgroups.PortRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

class ListenAddressTests {

	private static final PortRange RANGE = new PortRange(7800, 10);

	@Test
	void nodeListensAndIsFoundWhereItsNameSays() throws Exception {
		ListenAddress address = of("n1@127.0.0.2", null, null);
		assertThat(address.host()).isEqualTo(ip("127.0.0.2")).isEqualTo(address.told());
		assertThat(address.found()).isEmpty();
		assertThat(address.port()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "::", "[::]" })
	void nodeThatListensOnAllAddressesIsFoundWhereItsNameSays(String bind) throws Exception {
		ListenAddress address = of("n1@127.0.0.2", bind, null);
		assertThat(address.host().isAnyLocalAddress()).isTrue();
		assertThat(address.found()).containsExactly(ip("127.0.0.2"));
		assertThat(address.port()).isZero();
	}

	@Test
	void nodeIsFoundWhereItIsAdvertised() throws Exception {
		ListenAddress address = of("n1@127.0.0.2", null, "203.0.113.7:30001");
		assertThat(address.host()).isEqualTo(ip("127.0.0.2"));
		assertThat(address.told()).isEqualTo(ip("203.0.113.7"));
		assertThat(address.port()).isEqualTo(30001);
		assertThat(of("n1@127.0.0.2", "0.0.0.0", "[2001:db8::7]:30001").told()).isEqualTo(ip("2001:db8::7"));
	}

	@Test
	void hostMayBeOfOneFamilyAndTheAddressOfAnother() throws Exception {
		ListenAddress address = of("n1@h", "127.0.0.1", "[2001:db8::7]");
		assertThat(address.host()).isEqualTo(ip("127.0.0.1"));
		assertThat(address.told()).isEqualTo(ip("2001:db8::7"));
	}

	@Test
	void interfaceIsListenedOnWithTheFamilyOfTheAddress() throws Exception {
		String loopback = NetworkInterface.getByInetAddress(ip("127.0.0.1")).getName();
		assertThat(of("n1@10.0.0.1", loopback, null).host()).isEqualTo(ip("127.0.0.1"));
		assertThat(new ListenSettings(loopback, null, null).host()).isEqualTo("127.0.0.1");
		assumeThat(NetworkInterface.getByInetAddress(ip("::1"))).isNotNull();
		assertThat(of("n1@[2001:db8::1]", loopback, null).host()).isEqualTo(ip("::1"));
	}

	@Test
	void whatIsNotKnownIsUnknown() {
		assertThatExceptionOfType(UnknownHostException.class)
			.isThrownBy(() -> of("n1@10.0.0.1", "nosuch.invalid", null));
		assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> of("n1@10.0.0.1", null, "no.invalid"));
		assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> of("n1@no.invalid", null, null));
	}

	@Test
	void nodeThatIsFoundAtACertainPortListensOnOne() {
		NodeAddress anyPort = NodeAddress.of("n1@h");
		assertThat(settings(null, "h:30001").ports(anyPort, RANGE)).isEqualTo(new PortRange(7800, 1));
		assertThat(settings(null, "h").ports(anyPort, RANGE)).isEqualTo(RANGE);
		assertThat(settings(null, "h:30001").ports(NodeAddress.of("n1@h:7805"), RANGE))
			.isEqualTo(new PortRange(7805, 1));
	}

	@Test
	void nodeWithoutANameIsNamedAfterWhereItIsFound() {
		assertThat(ListenSettings.DEFAULT.host()).isEqualTo("127.0.0.1");
		assertThat(settings("10.0.0.5", null).host()).isEqualTo("10.0.0.5");
		assertThat(settings("[::1]", null).host()).isEqualTo("::1");
		assertThat(settings("0.0.0.0", "host1:30001").host()).isEqualTo("host1");
	}

	private static ListenAddress of(String node, String bind, String advertised) throws Exception {
		return ListenAddress.of(settings(bind, advertised), NodeAddress.of(node).node());
	}

	private static ListenSettings settings(String bind, String advertised) {
		return new ListenSettings(bind, (advertised != null) ? Seed.of(advertised) : null, Duration.ZERO);
	}

	private static InetAddress ip(String literal) throws UnknownHostException {
		return InetAddress.getByName(literal);
	}

}
