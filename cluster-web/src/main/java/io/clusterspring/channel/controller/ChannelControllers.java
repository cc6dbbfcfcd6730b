package io.clusterspring.channel.controller;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.support.DestinationVariableMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.channel.ChannelMappingException;
import io.clusterspring.channel.ChannelRoute;
import io.clusterspring.channel.EventName;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.pubsub.PayloadCodec;

/**
 * Creates routes from the {@link ChannelController} beans. The argument resolvers of
 * spring-messaging resolve the parameters of their methods.
 */
public final class ChannelControllers {

	private final HandlerMethodArgumentResolverComposite resolvers = new HandlerMethodArgumentResolverComposite();

	private final HandlerParameters parameters;

	/**
	 * Create the factory.
	 * @param validator validates payloads annotated for validation, or {@code null} for
	 * no validation
	 * @param codec reads payloads
	 */
	public ChannelControllers(@Nullable Validator validator, PayloadCodec codec) {
		this.resolvers.addResolvers(new ChannelResolver(), new EventNameResolver(), new LeaveReasonResolver(),
				new DestinationVariableMethodArgumentResolver(DefaultConversionService.getSharedInstance()),
				new UserResolver(), new PayloadMethodArgumentResolver(new ChannelPayloadConverter(), validator));
		this.parameters = new HandlerParameters(this.resolvers, codec);
	}

	/**
	 * Find all controllers.
	 * @param beanFactory holds the controllers
	 * @return their routes
	 * @throws io.clusterspring.channel.ChannelMappingException if a controller cannot
	 * work, or a handler method is in a bean that is none
	 */
	public List<ChannelRoute> routes(ListableBeanFactory beanFactory) {
		HandlerMethods.requireControllers(beanFactory);
		Map<String, Object> beans = beanFactory.getBeansWithAnnotation(ChannelController.class);
		return beans.values().stream().flatMap(this::routes).toList();
	}

	private Stream<ChannelRoute> routes(Object bean) {
		Class<?> type = ClassUtils.getUserClass(bean);
		ChannelController annotation = AnnotatedElementUtils.findMergedAnnotation(type, ChannelController.class);
		Assert.state(annotation != null, () -> type + " has lost its @ChannelController");
		if (annotation.value().length == 0) {
			throw new ChannelMappingException(
					"The @ChannelController " + type.getName()
							+ " has no pattern, so no client can join a channel of it",
					"Give it the patterns of its topics, such as @ChannelController(\"room:*\").");
		}
		this.parameters.check(type, annotation.value());
		ChannelHandler handler = new AnnotatedChannelHandler(bean, type, this.resolvers);
		return Arrays.stream(annotation.value())
			.map((pattern) -> route(pattern, handler).onSockets(annotation.socket()));
	}

	private static ChannelRoute route(String pattern, ChannelHandler handler) {
		try {
			return ChannelRoute.of(pattern, handler);
		}
		catch (IllegalArgumentException ex) {
			throw new ChannelMappingException(
					"The @ChannelController " + handler + " has a bad pattern. " + ex.getMessage(),
					"Correct the pattern, such as room:lobby, room:* or room:{room}.");
		}
	}

	private static final class ChannelResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Channel.class;
		}

		@Override
		public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
			return message.getHeaders().get(AnnotatedChannelHandler.CHANNEL);
		}

	}

	private static final class EventNameResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.hasParameterAnnotation(EventName.class);
		}

		@Override
		public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
			return message.getHeaders().get(AnnotatedChannelHandler.EVENT);
		}

	}

	private static final class LeaveReasonResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == LeaveReason.class;
		}

		@Override
		public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
			return message.getHeaders().get(AnnotatedChannelHandler.REASON);
		}

	}

}
