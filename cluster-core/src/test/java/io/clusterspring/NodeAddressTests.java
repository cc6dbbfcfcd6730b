package io.clusterspring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NodeAddressTests {

	@ParameterizedTest
	@CsvSource({ "n1@10.0.0.1,n1,10.0.0.1,", "n1@host:7800,n1,host,7800", "n1@[::1],n1,::1,",
			"n1@[::1]:7800,n1,::1,7800", "n1@[2001:db8::17]:65535,n1,2001:db8::17,65535",
			"n1@[::ffff:10.0.0.1]:1,n1,::ffff:10.0.0.1,1", "n1@[fe80::1%eth0],n1,fe80::1%eth0,",
			"' a-b_c.d@h ',a-b_c.d,h," })
	void readsNamesHostsAndPorts(String text, String name, String host, Integer port) {
		assertThat(NodeAddress.of(text)).isEqualTo(new NodeAddress(new Node(name, host), port));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "n1", "@host", "n1@", "n1@host:", "n1@host:0", "n1@host:65536", "n1@::1",
			"n1@2001:db8::17:7800", "n1@[::1", "n1@::1]", "n1@[::1]7800", "n1@[]", "n1@[host name]", "n1@h@h" })
	void refusesAnythingElse(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> NodeAddress.of(text));
	}

	@Test
	void textCanBeReadAgain() {
		for (String text : new String[] { "n1@[::1]:7800", "n1@[::1]", "n1@host:1", "n1@10.0.0.1" }) {
			assertThat(NodeAddress.of(text)).hasToString(text);
		}
	}

}
