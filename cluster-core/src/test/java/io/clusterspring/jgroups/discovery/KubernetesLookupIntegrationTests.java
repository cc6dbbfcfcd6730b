package io.clusterspring.jgroups.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.clusterspring.jgroups.NodeLookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KubernetesLookupIntegrationTests extends LookupTestCases {

	@TempDir
	private Path account;

	private SmallKubernetesServer server;

	@BeforeEach
	void startServer() throws IOException {
		Files.writeString(this.account.resolve("token"), "the-token\n");
		this.server = new SmallKubernetesServer();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Override
	NodeLookup lookup(String host) {
		this.server.pods.add(host);
		return new KubernetesLookup(this.server.url(), "shop", "app=chat", this.account);
	}

	@Override
	int port() {
		return 29510;
	}

	@Test
	void asksForPodsOfTheNamespaceWithTheLabelsByTheServiceAccount() throws Exception {
		NodeLookup.Found found = lookup("127.0.0.2").lookUp(InetAddress.getByName("127.0.0.1"));
		assertThat(this.server.requests)
			.containsExactly("/api/v1/namespaces/shop/pods?labelSelector=app%3Dchat Bearer the-token");
		assertThat(found.places()).extracting(Object::toString).containsExactly("127.0.0.2");
		assertThat(found.complete()).isFalse();
	}

	@Test
	void tokenIsNotSentToAServerThatCannotBeTrusted() {
		NodeLookup lookup = new KubernetesLookup("https://127.0.0.1:1", "shop", "app=chat", this.account);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> lookup.lookUp(InetAddress.getByName("127.0.0.1")))
			.withMessageContaining("ca.crt");
	}

}
