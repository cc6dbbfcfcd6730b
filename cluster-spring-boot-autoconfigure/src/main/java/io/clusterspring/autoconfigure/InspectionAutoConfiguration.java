package io.clusterspring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ManagedCluster;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.DistributedSection;
import io.clusterspring.history.HistorySection;
import io.clusterspring.history.HistorySource;
import io.clusterspring.http.HttpGate;
import io.clusterspring.http.events.EventsEndpoint;
import io.clusterspring.inspect.Action;
import io.clusterspring.inspect.Inspection;
import io.clusterspring.inspect.NodeFacts;
import io.clusterspring.inspect.NodesSection;
import io.clusterspring.inspect.Section;
import io.clusterspring.inspect.ViewsSection;
import io.clusterspring.presence.ClusterPresence;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.TopicsSection;
import io.clusterspring.stomp.ClusterUsers;
import io.clusterspring.stomp.StompRouting;
import io.clusterspring.stomp.StompSection;
import io.clusterspring.stomp.StompSessions;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration for the questions of operators about all nodes. Each node answers
 * the others, also without the actuator.
 */
@AutoConfiguration(
		after = { PubSubAutoConfiguration.class, ChannelAutoConfiguration.class, StompAutoConfiguration.class,
				FailoverAutoConfiguration.class, PresenceAutoConfiguration.class, HttpAutoConfiguration.class })
@ConditionalOnBean({ ClusterWire.class, ManagedCluster.class })
public final class InspectionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Inspection clusterInspection(ClusterWire wire) {
		return new Inspection(wire);
	}

	// each context adds its own: channels may be in a child of the one with the cluster
	@Bean
	SmartInitializingSingleton clusterInspectionSections(Inspection inspection, ObjectProvider<Section> sections,
			ObjectProvider<NodeFacts> facts, ObjectProvider<Action> actions) {
		return () -> {
			sections.forEach(inspection::add);
			facts.forEach(inspection::add);
			actions.forEach(inspection::add);
		};
	}

	@Bean
	@ConditionalOnMissingBean
	NodesSection clusterNodesSection(ManagedCluster cluster, ClusterTransport transport, Inspection inspection) {
		return new NodesSection(cluster, transport, inspection);
	}

	private static Map<String, Object> facts(String name, long count, boolean accepting) {
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put(name, count);
		if (!accepting) {
			facts.put("draining", true);
		}
		return facts;
	}

	@Bean
	@ConditionalOnMissingBean
	ViewsSection clusterViewsSection(Inspection inspection, ClusterTransport transport) {
		return new ViewsSection(inspection, transport);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ClusterPubSub.class)
	static class OfTopics {

		@Bean
		@ConditionalOnMissingBean
		TopicsSection clusterTopicsSection(ManagedCluster cluster, ClusterPubSub pubSub) {
			return new TopicsSection(cluster.self(), pubSub);
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterTopicFacts")
		NodeFacts clusterTopicFacts(ClusterPubSub pubSub) {
			return () -> Map.of("topics", pubSub.topics());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ChannelServer.class)
	static class OfChannels {

		@Bean
		@ConditionalOnMissingBean(name = "clusterSocketsSection")
		Section clusterSocketsSection(ManagedCluster cluster, ChannelServer server) {
			return server.section(cluster.self().toString());
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterSocketsDisconnect")
		Action clusterSocketsDisconnect(ChannelServer server) {
			return server.disconnect();
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterTapsSection")
		Section clusterTapsSection(ManagedCluster cluster, ChannelServer server) {
			return server.taps().section(cluster.self().toString());
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterTapsOpen")
		Action clusterTapsOpen(ChannelServer server) {
			return server.taps().opening();
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterTapsClose")
		Action clusterTapsClose(ChannelServer server) {
			return server.taps().closing();
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterSocketFacts")
		NodeFacts clusterSocketFacts(ChannelServer server) {
			return () -> facts("sockets", server.statistics().sockets(), server.isAccepting());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(EventsEndpoint.class)
	static class OfEvents {

		@Bean
		@ConditionalOnMissingBean(name = "clusterEventsFacts")
		NodeFacts clusterEventsFacts(EventsEndpoint endpoint, HttpGate gate) {
			return () -> facts("eventStreams", endpoint.statistics().connections(), gate.isAccepting());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(DistributedApplications.class)
	static class OfApplications {

		@Bean
		@ConditionalOnMissingBean
		DistributedSection clusterDistributedSection(ManagedCluster cluster, DistributedApplications applications) {
			return new DistributedSection(cluster.self().toString(), applications);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(HistorySource.class)
	static class OfHistory {

		@Bean
		@ConditionalOnMissingBean
		HistorySection clusterHistorySection(ManagedCluster cluster, ObjectProvider<HistorySource> histories) {
			return new HistorySection(cluster.self().toString(), histories.stream().toList());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean({ StompSessions.class, ClusterUsers.class, StompRouting.class })
	static class OfStompSessions {

		@Bean
		@ConditionalOnMissingBean
		StompSection clusterStompSection(ManagedCluster cluster, StompSessions sessions, ClusterUsers users,
				StompRouting routing) {
			return new StompSection(cluster.self().toString(), sessions, users, routing);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(StompSessions.class)
	static class OfStomp {

		@Bean
		@ConditionalOnMissingBean(name = "clusterStompDisconnect")
		Action clusterStompDisconnect(StompSessions sessions) {
			return sessions.disconnect();
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterStompFacts")
		NodeFacts clusterStompFacts(StompSessions sessions) {
			return () -> facts("stompSessions", sessions.size(), sessions.isAccepting());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ClusterPresence.class)
	static class OfPresence {

		@Bean
		@ConditionalOnMissingBean(name = "clusterPresenceSection")
		Section clusterPresenceSection(ClusterPresence presence) {
			return presence.section();
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterPresenceFacts")
		NodeFacts clusterPresenceFacts(ClusterPresence presence) {
			return () -> Map.of("presences", presence.statistics().entries());
		}

	}

}
