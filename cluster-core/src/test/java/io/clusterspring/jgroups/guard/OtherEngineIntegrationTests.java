package io.clusterspring.jgroups.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.ClusterCookie;
import io.clusterspring.NodeAddress;
import io.clusterspring.RecordingListener;
import io.clusterspring.RefusedPeer;
import io.clusterspring.RefusedPeer.Reason;
import io.clusterspring.jgroups.EngineMismatchException;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.discovery.NodeLookups;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.engine.ListenSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Nodes with different minor versions of JGroups, and one whose JGroups cannot be used.
 */
@ExtendWith(OutputCaptureExtension.class)
class OtherEngineIntegrationTests {

	private static final PortRange PORTS = new PortRange(28480, 2);

	private final String cluster = "engine-" + UUID.randomUUID();

	private final List<JGroupsTransport> transports = new ArrayList<>();

	@AfterEach
	void disconnect() {
		this.transports.forEach(JGroupsTransport::disconnect);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "correct horse battery staple")
	void anotherMinorVersionIsRefusedAndBothSidesSayWhy(@Nullable String cookie, CapturedOutput output) {
		RecordingListener first = connect("n1", cookie, SpokenVersions.own(), List.of());
		RecordingListener second = connect("n2", cookie, new SpokenVersions(1, 1, 5, 99), List.of());
		await().untilAsserted(() -> assertThat(this.transports)
			.allSatisfy((transport) -> assertThat(transport.refusedPeers()).extracting(RefusedPeer::reason)
				.containsOnly(Reason.VERSION)));
		assertThat(first.nodes()).hasSize(1);
		assertThat(second.nodes()).hasSize(1);
		assertThat(output).contains(": it runs JGroups 5.99, this node JGroups 5.5, and JGroups of one minor version")
			.contains(": it runs JGroups 5.5, this node JGroups 5.99, and JGroups of one minor version")
			.contains("JGroups 5.99 is on the class path, this release was built for JGroups 5.5");
	}

	@Test
	void jGroupsThatLacksWhatIsCalledIsNamed() {
		assertThatExceptionOfType(EngineMismatchException.class)
			.isThrownBy(() -> connect("n1", null, SpokenVersions.own(), List.of((channel) -> {
				throw new NoSuchMethodError("doSend");
			})))
			.withMessageContaining("doSend")
			.satisfies((failure) -> assertThat(failure.expected()).isEqualTo("5.5"))
			.satisfies((failure) -> assertThat(failure.found()).startsWith("5.5."));
	}

	private RecordingListener connect(String name, @Nullable String cookie, SpokenVersions versions,
			List<JGroupsChannelCustomizer> customizers) {
		List<NodeAddress> listed = List.of(NodeAddress.of("n1@127.0.0.1"), NodeAddress.of("n2@127.0.0.1"));
		ConnectionSecurity security = new ConnectionSecurity((cookie != null) ? ClusterCookie.of(cookie) : null, null,
				versions);
		JGroupsTransport transport = new JGroupsTransport(this.cluster, NodeAddress.of(name + "@127.0.0.1"), listed,
				NodeLookups.listed(listed, List.of()), PORTS, ListenSettings.DEFAULT, customizers, security,
				NodeLimits.DEFAULT);
		this.transports.add(transport);
		RecordingListener listener = new RecordingListener();
		transport.connect(listener);
		return listener;
	}

}
