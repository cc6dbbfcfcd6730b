package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
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
 * Without a web server it only warns: the same application may serve them elsewhere.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ChannelController.class)
@ConditionalOnBooleanProperty(name = "cluster.channels.enabled", matchIfMissing = true)
class UnservedChannelsConfiguration {

	private static final Log logger = LogFactory.getLog(UnservedChannelsConfiguration.class);

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
		List<String> controllers = controllers(beans);
		if (!controllers.isEmpty()) {
			throw new UnservedChannelsException(reason, controllers);
		}
	}

	private static void warn(ListableBeanFactory beans, String reason) {
		List<String> controllers = controllers(beans);
		if (!controllers.isEmpty()) {
			logger.warn("No client can join the channels of " + String.join(", ", controllers) + ", because " + reason
					+ ". Use the dependency cluster-spring-boot-starter, which brings what is missing, and leave "
					+ "spring.main.web-application-type to Spring Boot. If no client is to join here, leave these "
					+ "classes out, or set cluster.channels.enabled=false");
		}
	}

	private static List<String> controllers(ListableBeanFactory beans) {
		return Stream.of(beans.getBeanNamesForAnnotation(ChannelController.class))
			.map(beans::getType)
			.filter(Objects::nonNull)
			.map((type) -> ClassUtils.getUserClass(type).getName())
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnNotWebApplication
	static class WithoutServer {

		@Bean
		static SmartInitializingSingleton clusterServerOfChannelsCheck(ListableBeanFactory beans) {
			return () -> warn(beans, "this application has no web server");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnMissingClass("org.springframework.web.socket.WebSocketHandler")
	static class WithoutWebSocket {

		@Bean
		static SmartInitializingSingleton clusterWebSocketOfChannelsCheck(ListableBeanFactory beans) {
			return () -> warn(beans, "spring-websocket is not on the class path");
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
