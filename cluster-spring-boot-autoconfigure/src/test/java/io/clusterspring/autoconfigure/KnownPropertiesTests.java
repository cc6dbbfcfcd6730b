package io.clusterspring.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

class KnownPropertiesTests {

	private final KnownProperties known = new KnownProperties("cluster", ClusterProperties.class);

	@ParameterizedTest
	@ValueSource(strings = { "cluster.node", "cluster.sync-nodes-timeout", "cluster.syncnodestimeout",
			"cluster.sync-nodes-optional[0]", "cluster.seeds[12]", "cluster.channels.long-poll.enabled",
			"cluster.distributed.invoices.timeout", "cluster.distributed.invoices.nodes[0][1]",
			"cluster.distributed[my.app].quorum", "cluster.discovery.dns.name", "cluster.channels",
			"cluster.distributed" })
	void existingPropertiesAreKnown(String name) {
		assertThat(this.known.typeOf(ConfigurationPropertyName.of(name))).isNotNull();
	}

	@Test
	void typeIsThatOfTheRecord() {
		assertThat(this.known.typeOf(ConfigurationPropertyName.of("cluster.distributed.x.lease")))
			.isEqualTo(Duration.class);
		assertThat(this.known.typeOf(ConfigurationPropertyName.of("cluster.port"))).isEqualTo(int.class);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "cluster.nod, cluster.node", "cluster.nodes, cluster.node",
			"cluster.nmae, cluster.name", "cluster.sync-node-mandatory, cluster.sync-nodes-mandatory",
			"cluster.sync-nodes.timeout, cluster.sync-nodes-timeout",
			"cluster.sync-nodes-opitonal[0], cluster.sync-nodes-optional",
			"cluster.channel.paths, cluster.channels.paths",
			"cluster.long-poll.max-sessions, cluster.channels.long-poll.max-sessions",
			"cluster.distributed.invoices.timout, cluster.distributed.invoices.timeout",
			"cluster.distributd.invoices.timeout, cluster.distributed.invoices.timeout", "cluster.node.name, -",
			"cluster.sync-nodes-timout, cluster.sync-nodes-timeout", "cluster.host, -", "cluster.colour, -",
			"cluster.port.range, cluster.port-range", "cluster.history.rooms.topcs[0], cluster.history.rooms.topics",
			"cluster.history.rooms.byte, cluster.history.rooms.bytes",
			"cluster.distributed.my.app.stop-timeout, cluster.distributed[my.app].stop-timeout",
			"cluster.history.my-rooms.of.x.topics[1], cluster.history[my-rooms.of.x].topics" })
	void misspeltPropertyHasANearestOne(String name, String nearest) {
		ConfigurationPropertyName given = ConfigurationPropertyName.of(name);
		assertThat(this.known.typeOf(given)).isNull();
		assertThat(this.known.nearest(given)).isEqualTo(nearest);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CLUSTER_NODE", "CLUSTER_SYNCNODESTIMEOUT", "CLUSTER_SYNC_NODES_TIMEOUT",
			"CLUSTER_SEEDS_0", "CLUSTER_SYNC_NODES_OPTIONAL_1_", "CLUSTER_DISTRIBUTED_INVOICES_TIMEOUT", "cluster_node",
			"CLUSTER_DISTRIBUTED_INVOICES_STOP_TIMEOUT", "CLUSTER_DISTRIBUTED_INVOICES_STOPTIMEOUT",
			"CLUSTER_HISTORY_ROOMS_TOPICS", "CLUSTER_HISTORY_ROOMS_TOPICS_0", "CLUSTER_DISTRIBUTED_X_NODES_0_1" })
	void variablesOfPropertiesAreKnown(String name) {
		assertThat(this.known.isVariable(name)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "CLUSTER_COOKE, CLUSTER_COOKIE", "CLUSTER_SYNC_NODE_TIMEOUT, CLUSTER_SYNCNODESTIMEOUT",
					"CLUSTER_NODES, CLUSTER_NODE", "CLUSTER_SERVICE_HOST, -", "CLUSTER_SERVICE_PORT, -",
					"CLUSTER_PORT_7800_TCP, -", "CLUSTER_PORT_7800_TCP_ADDR, -", "CLUSTER_PORT_7800_TCP_PROTO, -",
					"CLUSTER_ID, -", "CLUSTER_DISTRIBUTED_INVOICES_TIMOUT, CLUSTER_DISTRIBUTED_INVOICES_TIMEOUT",
					"CLUSTER_DISTRIBUTED_INVOICES_STOP_TIMOUT, CLUSTER_DISTRIBUTED_INVOICES_STOPTIMEOUT",
					"CLUSTER_HISTORY_ROOMS_TOPCS_0, CLUSTER_HISTORY_ROOMS_TOPICS",
					"CLUSTER_DISTRIBUTED_MY_APP_TIMEOUT, CLUSTER_DISTRIBUTED_MYAPP_TIMEOUT",
					"CLUSTER_HISTORY_SERVICE_HOST, -", "CLUSTER_HISTORY_SERVICE_PORT, -",
					"CLUSTER_HISTORY_PORT_80_TCP, -", "CLUSTER_HISTORY_PORT_80_TCP_ADDR, -", "CLUSTER_HISTORY_PORT, -",
					"CLUSTER_DISTRIBUTED, -" })
	void misspeltVariableHasANearestOneIfItIsOurs(String name, String nearest) {
		assertThat(this.known.isVariable(name)).isFalse();
		assertThat(this.known.nearestVariable(name)).isEqualTo(nearest);
	}

	@ParameterizedTest
	@CsvSource({ "node, node, 0", "node, nod, 1", "node, nodes, 1", "node, noed, 1", "node, mode, 1", "node, '', 4",
			"kitten, sitting, 3", "ca, abc, 3" })
	void distanceIsTheNumberOfTypingErrors(String from, String to, int distance) {
		assertThat(EditDistance.of(from, to)).isEqualTo(distance);
		assertThat(EditDistance.of(to, from)).isEqualTo(distance);
	}

}
