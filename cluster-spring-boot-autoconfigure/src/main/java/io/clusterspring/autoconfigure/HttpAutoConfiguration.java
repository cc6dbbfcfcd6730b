package io.clusterspring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

import io.clusterspring.Cluster;
import io.clusterspring.ManagedCluster;
import io.clusterspring.autoconfigure.diagnostics.UnservedTopicsException;
import io.clusterspring.http.HttpGate;
import io.clusterspring.http.TopicEndpoint;
import io.clusterspring.http.publish.PublishEndpoint;
import io.clusterspring.http.publish.TopicPublishAuthorizer;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration for topics by plain HTTP. Nothing is served unless it is enabled.
 */
@AutoConfiguration(after = { PubSubAutoConfiguration.class, ChannelAutoConfiguration.class })
@ConditionalOnClass({ TopicEndpoint.class, SimpleUrlHandlerMapping.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({ ClusterWire.class, PubSub.class })
@ConditionalOnBooleanProperty("cluster.http.publish.enabled")
public final class HttpAutoConfiguration {

	// before the application's own controllers, as the endpoints of channels
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
	SimpleUrlHandlerMapping clusterTopicMapping(ObjectProvider<PublishEndpoint> publish, ClusterProperties properties) {
		Map<String, HttpRequestHandler> handlers = new LinkedHashMap<>();
		publish.ifAvailable((endpoint) -> handlers.put("POST", endpoint));
		return new SimpleUrlHandlerMapping(Map.of(properties.http().path() + "/**", new TopicEndpoint(handlers)),
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

}
