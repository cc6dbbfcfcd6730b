package io.clusterspring.autoconfigure;

import java.util.Map;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.text.LogText;

/**
 * Fails the boot of an application that sets histories of destinations and has no STOMP.
 */
@Configuration(proxyBeanMethods = false)
class UnservedDestinationsConfiguration {

	/** Name of the bean that keeps messages of destinations. */
	static final String KEEPER = "clusterDestinationHistory";

	@Bean
	static SmartInitializingSingleton clusterDestinationsCheck(ListableBeanFactory beans,
			ClusterProperties properties) {
		return () -> {
			if (!beans.containsBean(KEEPER)) {
				refuse(properties);
			}
		};
	}

	/** Refuse all destinations, because nothing could keep them. */
	static void refuse(ClusterProperties properties) {
		for (Map.Entry<String, HistoryProperties> history : properties.history().entrySet()) {
			for (String destination : history.getValue().destinations()) {
				throw new InvalidConfigurationPropertyValueException(
						"cluster.history." + history.getKey() + ".destinations", LogText.of(destination),
						"This application has no simple STOMP broker, which would have this destination: it needs "
								+ "enableSimpleBroker, and cluster.stomp.enabled must not be false");
			}
		}
	}

}
