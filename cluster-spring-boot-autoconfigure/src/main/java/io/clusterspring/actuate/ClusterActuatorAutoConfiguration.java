package io.clusterspring.actuate;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.web.socket.config.WebSocketMessageBrokerStats;

import io.clusterspring.ClusterTransport;
import io.clusterspring.ManagedCluster;
import io.clusterspring.autoconfigure.ChannelAutoConfiguration;
import io.clusterspring.autoconfigure.FailoverAutoConfiguration;
import io.clusterspring.autoconfigure.HttpAutoConfiguration;
import io.clusterspring.autoconfigure.InspectionAutoConfiguration;
import io.clusterspring.autoconfigure.PresenceAutoConfiguration;
import io.clusterspring.autoconfigure.PubSubAutoConfiguration;
import io.clusterspring.autoconfigure.StompAutoConfiguration;
import io.clusterspring.channel.longpoll.LongPollEndpoint;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.history.HistorySource;
import io.clusterspring.http.TopicNames;
import io.clusterspring.http.events.EventsEndpoint;
import io.clusterspring.http.publish.PublishEndpoint;
import io.clusterspring.inspect.Inspection;
import io.clusterspring.interest.Interests;
import io.clusterspring.mailbox.ExecutorWatch;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.presence.ClusterPresence;
import io.clusterspring.pubsub.ClusterPubSub;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.stomp.BrokerBridge;
import io.clusterspring.stomp.ClusterUsers;
import io.clusterspring.stomp.StompExpiry;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration for operators: endpoint, health and meters, each if its library is
 * present.
 */
@AutoConfiguration(after = { PubSubAutoConfiguration.class, ChannelAutoConfiguration.class, HttpAutoConfiguration.class,
		StompAutoConfiguration.class, FailoverAutoConfiguration.class, PresenceAutoConfiguration.class,
		InspectionAutoConfiguration.class })
@ConditionalOnBean(ManagedCluster.class)
public final class ClusterActuatorAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	@ConditionalOnAvailableEndpoint(ClusterEndpoint.class)
	static class Endpoint {

		@Bean
		@ConditionalOnMissingBean
		ClusterActions clusterActions(ObjectProvider<Inspection> inspection,
				ObjectProvider<DistributedApplications> applications, ObjectProvider<DirectAction> others) {
			List<DirectAction> direct = new ArrayList<>(others.stream().toList());
			applications.ifAvailable((present) -> direct.addAll(DistributedAction.all(present)));
			return new ClusterActions(inspection.getIfAvailable(), direct);
		}

		@Bean
		@ConditionalOnMissingBean
		ClusterEndpoint clusterEndpoint(ManagedCluster cluster, ClusterTransport transport,
				ObjectProvider<DistributedApplications> applications, ObjectProvider<Interests> interests,
				ObjectProvider<HistorySource> histories, ClusterActions actions) {
			return new ClusterEndpoint(cluster, transport, applications.getIfAvailable(), interests.getIfAvailable(),
					new Histories(histories.stream().toList()), actions);
		}

		@Bean
		@ConditionalOnBean({ ClusterEndpoint.class, Inspection.class })
		@ConditionalOnMissingBean
		ClusterWebEndpoint clusterWebEndpoint(Inspection inspection, ClusterActions actions) {
			return new ClusterWebEndpoint(new ClusterSections(inspection), actions);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ConditionalOnAvailableEndpoint.class, TopicNames.class })
	@ConditionalOnAvailableEndpoint(ClusterEndpoint.class)
	@ConditionalOnBean({ PubSub.class, PayloadCodec.class })
	static class OfTopics {

		@Bean
		@ConditionalOnMissingBean
		BroadcastAction clusterBroadcastAction(PubSub pubSub, PayloadCodec codec) {
			return new BroadcastAction(pubSub, codec);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ AbstractHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	@ConditionalOnEnabledHealthIndicator("cluster")
	static class Health {

		@Bean
		@ConditionalOnMissingBean(name = "clusterHealthIndicator")
		ClusterHealthIndicator clusterHealthIndicator(ManagedCluster cluster, ObjectProvider<FailureSource> sources,
				ObjectProvider<HistorySource> histories) {
			return new ClusterHealthIndicator(cluster, sources::stream, new Histories(histories.stream().toList()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ AbstractHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	@ConditionalOnEnabledHealthIndicator("distributedApplications")
	@ConditionalOnBean(DistributedApplications.class)
	static class HealthOfApplications {

		@Bean
		@ConditionalOnMissingBean(name = "distributedApplicationsHealthIndicator")
		DistributedApplicationsHealthIndicator distributedApplicationsHealthIndicator(
				DistributedApplications applications, ManagedCluster cluster) {
			return new DistributedApplicationsHealthIndicator(applications, cluster);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class Metrics {

		@Bean
		@ConditionalOnBean(ClusterPubSub.class)
		@ConditionalOnMissingBean
		ClusterMetrics clusterMetrics(ManagedCluster cluster, ClusterPubSub pubSub, ClusterWire wire,
				ClusterTransport transport) {
			return new ClusterMetrics(cluster, pubSub, wire, transport);
		}

		@Bean
		@ConditionalOnBean(Interests.class)
		@ConditionalOnMissingBean
		InterestMetrics clusterInterestMetrics(Interests interests) {
			return new InterestMetrics(interests);
		}

		@Bean
		@ConditionalOnBean({ ClusterPubSub.class, ExecutorWatch.class })
		@ConditionalOnMissingBean
		ExecutorMetrics clusterExecutorMetrics(ExecutorWatch watch) {
			return new ExecutorMetrics(watch);
		}

		@Bean
		@ConditionalOnBean(DistributedApplications.class)
		@ConditionalOnMissingBean
		DistributedMetrics distributedMetrics(DistributedApplications applications, ManagedCluster cluster) {
			return new DistributedMetrics(applications, cluster);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(ChannelServer.class)
	static class OfChannels {

		@Bean
		@ConditionalOnMissingBean
		ChannelMetrics channelMetrics(ChannelServer server) {
			return new ChannelMetrics(server);
		}

		@Bean
		@ConditionalOnBean(LongPollEndpoint.class)
		@ConditionalOnMissingBean
		LongPollMetrics longPollMetrics(LongPollEndpoint endpoint) {
			return new LongPollMetrics(endpoint);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(EventsEndpoint.class)
	static class OfEvents {

		@Bean
		@ConditionalOnMissingBean
		EventsMetrics clusterEventsMetrics(EventsEndpoint endpoint) {
			return new EventsMetrics(endpoint);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(PublishEndpoint.class)
	static class OfPublishing {

		@Bean
		@ConditionalOnMissingBean
		PublishMetrics clusterPublishMetrics(PublishEndpoint endpoint) {
			return new PublishMetrics(endpoint);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(HistorySource.class)
	static class OfHistory {

		@Bean
		@ConditionalOnMissingBean
		HistoryMetrics clusterHistoryMetrics(ObjectProvider<HistorySource> histories) {
			return new HistoryMetrics(new Histories(histories.stream().toList()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterRegistry.class, StompExpiry.class })
	@ConditionalOnBean(StompExpiry.class)
	static class OfStompExpiry {

		@Bean
		@ConditionalOnMissingBean
		StompExpiryMetrics clusterStompExpiryMetrics(StompExpiry expiry) {
			return new StompExpiryMetrics(expiry);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(Revocations.class)
	static class OfRevocations {

		@Bean
		@ConditionalOnMissingBean
		RevocationMetrics clusterRevocationMetrics(Revocations revocations) {
			return new RevocationMetrics(revocations);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterRegistry.class, WebSocketMessageBrokerStats.class })
	@ConditionalOnBean(ClusterUsers.class)
	static class OfStomp {

		@Bean
		@ConditionalOnMissingBean
		StompMetrics stompMetrics(WebSocketMessageBrokerStats stats, SimpUserRegistry users, ClusterUsers sessions,
				ObjectProvider<BrokerBridge> bridge) {
			return new StompMetrics(stats, users, sessions, bridge.getIfAvailable());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(ClusterPresence.class)
	static class OfPresence {

		@Bean
		@ConditionalOnMissingBean
		PresenceMetrics presenceMetrics(ClusterPresence presence) {
			return new PresenceMetrics(presence);
		}

	}

}
