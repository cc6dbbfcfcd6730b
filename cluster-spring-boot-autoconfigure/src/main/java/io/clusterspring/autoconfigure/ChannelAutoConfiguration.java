package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.Message;
import org.springframework.validation.Validator;
import org.springframework.web.socket.WebSocketHandler;

import io.clusterspring.channel.ChannelControllers;
import io.clusterspring.channel.ChannelRoute;
import io.clusterspring.channel.ChannelServer;
import io.clusterspring.channel.Channels;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PubSub;

/**
 * Auto-configuration for Phoenix Channels.
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class,
		afterName = { "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration",
				"org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration" })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ WebSocketHandler.class, Message.class })
@ConditionalOnBean(PubSub.class)
@ConditionalOnBooleanProperty(name = "cluster.channels.enabled", matchIfMissing = true)
@Import({ ChannelEndpointConfiguration.Tomcat.class, ChannelEndpointConfiguration.Portable.class,
		ChannelEndpointConfiguration.class })
public final class ChannelAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(Channels.class)
	ChannelServer channels(PubSub pubSub, PayloadCodec codec, ObjectProvider<ChannelRoute> routes,
			ListableBeanFactory beanFactory, ObjectProvider<Validator> validator,
			@Qualifier(ClusterAutoConfiguration.EXECUTOR_BEAN_NAME) Executor executor, ClusterProperties properties) {
		ChannelControllers controllers = new ChannelControllers(validator.getIfUnique());
		Supplier<List<ChannelRoute>> all = () -> Stream
			.concat(routes.orderedStream(), controllers.routes(beanFactory).stream())
			.toList();
		return new ChannelServer(pubSub, codec, all, executor, properties.channels().mailboxCapacity());
	}

}
