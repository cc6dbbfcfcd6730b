package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import io.clusterspring.autoconfigure.diagnostics.UnservedChannelsException;
import io.clusterspring.autoconfigure.diagnostics.UnservedChannelsException.Reason;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.Channels;

/**
 * Fails the boot of an application context that has channels which no client could join.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ChannelController.class)
@ConditionalOnBooleanProperty(name = "cluster.channels.enabled", matchIfMissing = true)
class UnservedChannelsConfiguration {

	@Bean
	static SmartInitializingSingleton clusterChildChannelsCheck(ListableBeanFactory beans) {
		return () -> {
			boolean served = beans.getBeanNamesForType(Channels.class).length > 0;
			if (!served && beans.getBeanProvider(Channels.class).stream().findAny().isPresent()) {
				refuse(beans, Reason.CHILD);
			}
		};
	}

	private static void refuse(ListableBeanFactory beans, Reason reason) {
		List<String> controllers = Stream.of(beans.getBeanNamesForAnnotation(ChannelController.class))
			.map(beans::getType)
			.filter(Objects::nonNull)
			.map((type) -> ClassUtils.getUserClass(type).getName())
			.toList();
		if (!controllers.isEmpty()) {
			throw new UnservedChannelsException(reason, controllers);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class Reactive {

		@Bean
		static SmartInitializingSingleton clusterReactiveChannelsCheck(ListableBeanFactory beans) {
			return () -> refuse(beans, Reason.REACTIVE);
		}

	}

}
