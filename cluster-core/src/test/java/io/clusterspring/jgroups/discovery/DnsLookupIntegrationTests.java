package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.net.SocketException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.NodeLookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DnsLookupIntegrationTests extends LookupTestCases {

	private static final String NAME = "chat-nodes.shop.svc.test";

	private SmallDnsServer server;

	@BeforeEach
	void startServer() throws SocketException {
		this.server = new SmallDnsServer(NAME);
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Override
	NodeLookup lookup(String host) throws Exception {
		this.server.addresses.add(InetAddress.getByName(host));
		return new DnsLookup(NAME, this.server.address());
	}

	@Override
	int port() {
		return 29500;
	}

	@Test
	void nodesThatStartedBeforeTheNameWasKnownFindTogether() throws Exception {
		Peer first = peer(1);
		Peer second = peer(2);
		this.server.addresses.clear();
		first.connect();
		second.connect();
		assertThat(first.heard.nodes()).hasSize(1);
		assertThat(second.heard.nodes()).hasSize(1);
		lookup("127.0.0.1");
		lookup("127.0.0.2");
		seeAll(2);
	}

	@Test
	void serverIsAskedAnewAndOwnAddressMakesTheAnswerComplete() throws Exception {
		NodeLookup lookup = lookup("127.0.0.2");
		InetAddress own = InetAddress.getByName("127.0.0.1");
		assertThat(lookup.lookUp(own).complete()).isFalse();
		this.server.addresses.add(own);
		assertThat(lookup.lookUp(own).complete()).isTrue();
		assertThat(lookup.lookUp(own).places()).extracting(Object::toString)
			.containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
		assertThat(lookup.lookUp(InetAddress.getByName("::1")).places()).isEmpty();
		this.server.addresses.clear();
		assertThat(lookup.lookUp(own).places()).isEmpty();
		assertThat(this.server.questions).hasValue(5);
	}

	@Test
	void nameOfTheSystemNeedsNoServer() throws Exception {
		NodeLookup lookup = new DnsLookup("localhost", null);
		assertThat(lookup.lookUp(InetAddress.getByName("127.0.0.1")).places()).extracting(Object::toString)
			.containsExactly("127.0.0.1");
	}

	@Test
	void serverThatDoesNotAnswerIsAnError() throws Exception {
		NodeLookup lookup = new DnsLookup(NAME, this.server.address());
		this.server.close();
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> lookup.lookUp(InetAddress.getByName("127.0.0.1")));
	}

}
