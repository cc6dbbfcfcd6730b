package io.clusterspring.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.clusterspring.Cluster;
import io.clusterspring.ManagedCluster;
import io.clusterspring.SyncNodes;
import io.clusterspring.local.LocalNetwork;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the log says of a node that is not expected, not reached, or looks for
 * nobody. The nodes are connected by memory, so that none is found.
 */
@ExtendWith(OutputCaptureExtension.class)
class ListedNodesCheckTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Checked.class);

	@Test
	void nodeThatIsNotListedIsWarnedOf(CapturedOutput output) {
		run("node=n3@10.0.0.3", "sync-nodes-mandatory=n1@10.0.0.1", "sync-nodes-optional=n2@10.0.0.2:7801");
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("n3@10.0.0.3 (cluster.node) is not among the listed nodes [n1@10.0.0.1, n2@10.0.0.2:7801]: nodes "
					+ "with this list do not wait for it. Set cluster.node to one of them, or list this node too");
	}

	@Test
	void missingNameIsWarnedOf(CapturedOutput output) {
		run("sync-nodes-optional=n1@10.0.0.1,n2@10.0.0.2");
		assertThat(output).contains("cluster.node is not set, so this node is called",
				"@127.0.0.1, which is not among the listed nodes [n1@10.0.0.1, n2@10.0.0.2]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "seeds=10.0.0.1", "discovery.type=dns", "discovery.type=kubernetes" })
	void nodeThatOnlyItsMachineReachesIsWarnedOf(String property, CapturedOutput output) {
		run(property);
		assertThat(output).contains("cluster.node is not set, so this node listens on 127.0.0.1 only");
	}

	@ParameterizedTest
	@CsvSource({ "node=n1@10.0.0.1, name=c", "node=n1@10.0.0.1, sync-nodes-optional=n1@10.0.0.1" })
	void nodeThatLooksForNobodyIsWarnedOf(String one, String other, CapturedOutput output) {
		run(one, other);
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("n1@10.0.0.1 is alone and looks for no other node, because none is listed. List the others in "
					+ "cluster.sync-nodes-optional or cluster.seeds");
	}

	@ParameterizedTest
	@CsvSource({ "node=n1@10.0.0.1, 'sync-nodes-optional=n1@10.0.0.1:7800,n2@10.0.0.2'",
			"node=n1@10.0.0.1, seeds=10.0.0.2", "name=c, 'seeds=127.0.0.1,localhost:7801'",
			"name=c, discovery.type=multicast", "name=c, discovery.type=jdbc", "advertised=10.0.0.1, seeds=10.0.0.2",
			"node=n1@10.0.0.1, jgroups.config=file:tcp.xml" })
	void whatIsRightIsNotWarnedOf(String one, String other, CapturedOutput output) {
		run(one, other);
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void nodeThatOthersHaveFoundIsNotWarnedOf(CapturedOutput output) {
		ApplicationContextRunner two = this.runner.withPropertyValues("cluster.name=found");
		two.withPropertyValues("cluster.node=n1@10.0.0.1", "cluster.seeds=10.0.0.2")
			.run((first) -> two.withPropertyValues("cluster.node=n2@10.0.0.2")
				.run((second) -> assertThat(second.getBean(Cluster.class).view().nodes()).hasSize(2)));
		assertThat(output).doesNotContain("WARN");
	}

	private void run(String... properties) {
		String[] full = new String[properties.length];
		for (int i = 0; i < full.length; i++) {
			full[i] = "cluster." + properties[i];
		}
		this.runner.withPropertyValues(full).run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ClusterProperties.class)
	static class Checked {

		@Bean
		ManagedCluster cluster(ClusterProperties properties, Environment environment) {
			return new ManagedCluster(properties.nameIn(environment),
					LocalNetwork.named(properties.nameIn(environment))
						.transport(properties.nodeIn(environment).node(), 16_777_216),
					SyncNodes.none(), List.of(), Runnable::run, (event) -> {
					});
		}

		@Bean
		ListedNodesCheck check(ClusterProperties properties, ObjectProvider<Cluster> cluster) {
			return new ListedNodesCheck(properties, properties.seeds(), cluster);
		}

	}

}
