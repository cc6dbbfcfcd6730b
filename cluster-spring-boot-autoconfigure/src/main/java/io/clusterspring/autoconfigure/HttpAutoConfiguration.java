package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

import io.clusterspring.Cluster;
import io.clusterspring.ManagedCluster;
import io.clusterspring.autoconfigure.diagnostics.UnservedTopicsException;
import io.clusterspring.drain.Drainable;
import io.clusterspring.expiry.UserExpiries;
import io.clusterspring.expiry.UserExpiry;
import io.clusterspring.http.HttpGate;
import io.clusterspring.http.TopicEndpoint;
import io.clusterspring.http.events.EventsEndpoint;
import io.clusterspring.http.events.TopicEventsAuthorizer;
import io.clusterspring.http.publish.PublishEndpoint;
import io.clusterspring.http.publish.TopicPublishAuthorizer;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration for topics by plain HTTP. Nothing is served unless it is enabled.
 */
@AutoConfiguration(after = { PubSubAutoConfiguration.class, ChannelAutoConfiguration.class })
@ConditionalOnClass({ TopicEndpoint.class, SimpleUrlHandlerMapping.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({ ClusterWire.class, PubSub.class })
@Conditional(HttpAutoConfiguration.OnEnabled.class)
public final class HttpAutoConfiguration {

	// it comes before the application's own controllers, as the endpoints of channels do
	private static final int ORDER = 1;

	@Bean
	@ConditionalOnMissingBean
	HttpGate clusterHttpGate(ObjectProvider<ManagedCluster> cluster) {
		return new HttpGate(() -> {
			ManagedCluster present = cluster.getIfAvailable();
			return present != null && present.isOut();
		});
	}

	@Bean
	SimpleUrlHandlerMapping clusterTopicMapping(ObjectProvider<PublishEndpoint> publish,
			ObjectProvider<EventsEndpoint> events, ClusterProperties properties) {
		String path = properties.http().path();
		return new SimpleUrlHandlerMapping(
				Map.of(path + "/**", new TopicEndpoint(path, publish.getIfAvailable(), events.getIfAvailable())),
				ORDER);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("cluster.http.publish.enabled")
	static class Publish {

		@Bean
		@ConditionalOnMissingBean
		PublishEndpoint clusterPublishEndpoint(Cluster cluster, ClusterWire wire, PubSub pubSub, PayloadCodec codec,
				ClusterProperties properties, HttpGate gate, ObjectProvider<TopicPublishAuthorizer> authorizers) {
			List<TopicPublishAuthorizer> all = authorizers.orderedStream().toList();
			if (all.isEmpty()) {
				throw UnservedTopicsException.withoutAuthorizer("cluster.http.publish.enabled",
						"io.clusterspring.http.publish.TopicPublishAuthorizer");
			}
			return new PublishEndpoint(cluster, wire, pubSub, codec, WebSettings.publish(properties.http()), gate, all);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("cluster.http.events.enabled")
	@Import({ RevocationConfiguration.class, ExpiryConfiguration.class, ChannelAutoConfiguration.Deliveries.class })
	static class Events {

		@Bean
		@ConditionalOnMissingBean
		EventsEndpoint clusterEventsEndpoint(PubSub pubSub, Revocations revocations,
				@Qualifier(ChannelAutoConfiguration.DELIVERY_EXECUTOR_BEAN_NAME) Executor deliveries,
				ClusterProperties properties, HttpGate gate, ObjectProvider<TopicEventsAuthorizer> authorizers,
				ObjectProvider<UserExpiry> expiries) {
			List<TopicEventsAuthorizer> all = authorizers.orderedStream().toList();
			if (all.isEmpty()) {
				throw UnservedTopicsException.withoutAuthorizer("cluster.http.events.enabled",
						"io.clusterspring.http.events.TopicEventsAuthorizer");
			}
			return new EventsEndpoint(pubSub, revocations, deliveries, WebSettings.events(properties), gate, all,
					new UserExpiries(expiries.orderedStream().toList()));
		}

		@Bean
		@ConditionalOnMissingBean(name = "clusterEventsDrainable")
		Drainable clusterEventsDrainable(EventsEndpoint endpoint) {
			return endpoint.drainable();
		}

	}

	/** Whether anything is served. */
	static class OnEnabled extends AnyNestedCondition {

		OnEnabled() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBooleanProperty("cluster.http.publish.enabled")
		static class OnPublish {

		}

		@ConditionalOnBooleanProperty("cluster.http.events.enabled")
		static class OnEvents {

		}

	}

}
