package io.clusterspring.test;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestContextManager;

import io.clusterspring.Cluster;
import io.clusterspring.Node;
import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.ClusterAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(300)
class ClusterTestTests {

	private static final Node[] BOTH = { Node.of("n1@local"), Node.of("n2@local") };

	@Test
	void nextTestFindsAWholeClusterWithoutClients() throws Exception {
		TestContextManager test = new TestContextManager(Two.class);
		ClusterNodes nodes = prepare(test);
		TestChannel left = nodes.client(1).join("room:lobby");
		nodes.cut(1);
		test.afterTestMethod(this, method(), null);
		assertThat(nodes.context(2).getBean(Cluster.class).view().nodes()).containsExactly(BOTH);
		nodes.kill(2);
		assertThat(nodes.context(1).getBean(Cluster.class).view().nodes()).containsExactly(BOTH[0]);
		test.afterTestMethod(this, method(), null);
		assertThat(nodes.context(1).getBean(Cluster.class).view().nodes()).containsExactlyInAnyOrder(BOTH);
		assertThat(nodes.context(2).getBean(Cluster.class).view().nodes()).containsExactlyInAnyOrder(BOTH);
		assertThat(left.topic()).isEqualTo("room:lobby");
	}

	@Test
	void classesWithTheSameConfigurationShareTheContextsAndOthersDoNot() throws Exception {
		ClusterNodes first = prepare(new TestContextManager(Two.class));
		assertThat(prepare(new TestContextManager(TwoAlike.class))).isSameAs(first);
		List<ConfigurableApplicationContext> others = contexts(prepare(new TestContextManager(Three.class)));
		assertThat(others).hasSize(3).doesNotContainAnyElementsOf(contexts(first));
		Cluster cluster = others.get(2).getBean(Cluster.class);
		assertThat(cluster.view().nodes()).hasSize(3);
		assertThat(cluster.name()).isNotEqualTo(first.context(1).getBean(Cluster.class).name());
	}

	@Test
	void dirtyContextsAreMadeAnewTogether() throws Exception {
		TestContextManager test = new TestContextManager(Dirty.class);
		List<ConfigurableApplicationContext> before = contexts(prepare(test));
		test.getTestContext().markApplicationContextDirty(DirtiesContext.HierarchyMode.EXHAUSTIVE);
		List<ConfigurableApplicationContext> after = contexts(prepare(new TestContextManager(Dirty.class)));
		assertThat(after).hasSize(2).doesNotContainAnyElementsOf(before);
		assertThat(before).noneMatch(ConfigurableApplicationContext::isActive);
		assertThat(after.get(0).getBean(Cluster.class).view().nodes()).containsExactly(BOTH);
	}

	@Test
	void clusterNeedsANode() {
		assertThatIllegalArgumentException().isThrownBy(() -> NodeContextCustomizerFactory.nodes(None.class))
			.withMessageContaining("at least one node");
		assertThat(NodeContextCustomizerFactory.nodes(String.class)).isZero();
	}

	private ClusterNodes prepare(TestContextManager test) throws Exception {
		test.prepareTestInstance(this);
		return test.getTestContext().getApplicationContext().getBean(ClusterNodes.class);
	}

	private static Method method() throws NoSuchMethodException {
		return ClusterTestTests.class.getDeclaredMethod("nextTestFindsAWholeClusterWithoutClients");
	}

	private static List<ConfigurableApplicationContext> contexts(ClusterNodes nodes) {
		return IntStream.rangeClosed(1, nodes.size()).mapToObj(nodes::context).toList();
	}

	@Nested
	@ClusterTest(nodes = 2, classes = App.class, webEnvironment = WebEnvironment.NONE)
	class OfTwoNodes {

		@Autowired
		private Cluster cluster;

		@Test
		void clientsOfBothNodesAreInOneRoom(@OnNode(1) ChannelTestClient alice, @OnNode(2) ChannelTestClient bob) {
			TestChannel here = alice.join("room:lobby");
			TestChannel there = bob.join("room:lobby");
			here.push("new_msg", Map.of("body", "hello")).expectOk();
			there.expectBroadcast("new_msg");
		}

		@Test
		void beansAreThoseOfTheirNodes(ClusterNodes nodes, @OnNode(2) Cluster second) {
			assertThat(nodes.size()).isEqualTo(2);
			assertThat(this.cluster.self()).isEqualTo(BOTH[0]).isEqualTo(nodes.node(1));
			assertThat(second.self()).isEqualTo(BOTH[1]).isEqualTo(nodes.node(2));
			assertThat(nodes.context(2).getBean(Cluster.class)).isSameAs(second);
			assertThat(this.cluster.view().nodes()).containsExactly(BOTH);
			assertThatIllegalArgumentException().isThrownBy(() -> nodes.node(3)).withMessageContaining("1 to 2");
		}

		@Test
		void nodesThatAreCutOffMissWhatIsSaid(ClusterNodes nodes) {
			TestChannel here = nodes.client(1).join("room:lobby");
			TestChannel there = nodes.client(2).join("room:lobby");
			nodes.cut(2);
			assertThat(this.cluster.view().nodes()).containsExactly(BOTH[0]);
			here.push("new_msg", Map.of("body", "lost")).expectOk();
			here.expectBroadcast("new_msg");
			nodes.heal();
			assertThat(this.cluster.view().nodes()).containsExactly(BOTH);
			here.push("new_msg", Map.of("body", "again")).expectOk();
			assertThat(there.expectBroadcast("new_msg").json()).contains("again");
		}

	}

	@ClusterTest(nodes = 2, classes = App.class, webEnvironment = WebEnvironment.NONE)
	static class Two {

	}

	@ClusterTest(classes = App.class, webEnvironment = WebEnvironment.NONE)
	static class TwoAlike {

	}

	@ClusterTest(nodes = 3, classes = App.class, webEnvironment = WebEnvironment.NONE)
	static class Three {

	}

	@ClusterTest(classes = App.class, webEnvironment = WebEnvironment.NONE, properties = "dirty=true")
	static class Dirty {

	}

	@ClusterTest(nodes = 0)
	static class None {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
			ClusterAutoConfiguration.class, PubSubAutoConfiguration.class, ChannelAutoConfiguration.class })
	@Import(RoomChannel.class)
	static class App {

	}

	@ChannelController("room:{room}")
	static class RoomChannel {

		@OnEvent("new_msg")
		Reply message(Channel channel, @Payload Map<String, Object> message) {
			channel.broadcast("new_msg", message);
			return Reply.ok();
		}

	}

}
