package io.clusterspring.jgroups;

import java.net.Inet6Address;
import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HostAndPortTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.1, 10.0.0.1:7800", "::1, [::1]:7800", "::, [::]:7800", "2001:db8::17, [2001:db8::17]:7800",
			"fe80:0:0:1:0:0:0:4, [fe80::1:0:0:0:4]:7800", "2001:0:1:0:1:0:1:0, [2001:0:1:0:1:0:1:0]:7800",
			"2001:db8:100::, [2001:db8:100::]:7800" })
	void addressIsWrittenAsInProperties(String address, String text) throws Exception {
		InetAddress host = InetAddress.getByName(address);
		assertThat(HostAndPort.of(host, 7800)).isEqualTo(text);
		assertThat(InetAddress.getByName(HostAndPort.host(host))).isEqualTo(host);
	}

	@Test
	void scopeIsLeftOut() throws Exception {
		InetAddress scoped = Inet6Address.getByAddress(null, InetAddress.getByName("::1").getAddress(), 0);
		assertThat(HostAndPort.host(scoped)).isEqualTo("::1");
	}

}
