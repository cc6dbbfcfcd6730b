package io.clusterspring.channel.controller;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.util.ReflectionUtils;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelMappingException;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.EventName;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.OnBroadcast;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnLeave;
import io.clusterspring.channel.OnMessage;
import io.clusterspring.channel.SocketRequest;
import io.clusterspring.pubsub.PayloadCodec;
import io.clusterspring.pubsub.PayloadTypes;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Checks at boot that the parameters of handler methods can be supplied. Otherwise each
 * call would fail, and the client would be told that its payload is invalid.
 */
final class HandlerParameters {

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

	private static final Set<String> ANNOTATIONS_OF_PAYLOADS = Set.of("org.springframework.lang.",
			"org.springframework.validation.", Payload.class.getName());

	private static final Set<Class<? extends Annotation>> WITH_EVENT = Set.of(OnEvent.class, OnBroadcast.class);

	private static final String ACTION = "A method may have the Channel, the Principal, @DestinationVariable "
			+ "parameters, and one parameter that the payload is read as.";

	private final HandlerMethodArgumentResolverComposite resolvers;

	private final PayloadCodec codec;

	HandlerParameters(HandlerMethodArgumentResolverComposite resolvers, PayloadCodec codec) {
		this.resolvers = resolvers;
		this.codec = codec;
	}

	void check(Class<?> controller, String[] patterns) {
		Set<String> variables = Stream.of(patterns)
			.flatMap((pattern) -> VARIABLE.matcher(pattern).results())
			.map((match) -> match.group(1))
			.collect(Collectors.toSet());
		for (Class<? extends Annotation> annotation : HandlerMethods.ANNOTATIONS) {
			MethodIntrospector
				.selectMethods(controller,
						(ReflectionUtils.MethodFilter) (method) -> AnnotatedElementUtils.hasAnnotation(method,
								annotation))
				.forEach((method) -> check(controller, method, annotation, variables));
		}
	}

	private void check(Class<?> controller, Method method, Class<? extends Annotation> annotation,
			Set<String> variables) {
		List<MethodParameter> payloads = new ArrayList<>();
		for (int i = 0; i < method.getParameterCount(); i++) {
			MethodParameter parameter = new MethodParameter(method, i).withContainingClass(controller);
			parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
			String mistake = isPayload(parameter) ? mistake(parameter, annotation)
					: misplaced(parameter, annotation, variables);
			if (mistake != null) {
				throw failure(controller, method, annotation,
						"cannot be called: its parameter " + describe(parameter) + " " + mistake);
			}
			if (isPayload(parameter) && parameter.getParameterType() != ChannelPayload.class) {
				payloads.add(parameter);
			}
		}
		if (payloads.size() > 1) {
			throw failure(controller, method, annotation, "has several parameters for the one payload: "
					+ payloads.stream().map(HandlerParameters::describe).collect(Collectors.joining(" and ")));
		}
	}

	private static ChannelMappingException failure(Class<?> controller, Method method,
			Class<? extends Annotation> annotation, String mistake) {
		return new ChannelMappingException("The @" + annotation.getSimpleName() + " method " + controller.getName()
				+ "." + method.getName() + " " + mistake, ACTION);
	}

	private static String describe(MethodParameter parameter) {
		return parameter.getGenericParameterType().getTypeName() + " " + parameter.getParameterName();
	}

	private boolean isPayload(MethodParameter parameter) {
		HandlerMethodArgumentResolver first = this.resolvers.getResolvers()
			.stream()
			.filter((resolver) -> resolver.supportsParameter(parameter))
			.findFirst()
			.orElse(null);
		return first == null || first instanceof PayloadMethodArgumentResolver;
	}

	private static @Nullable String misplaced(MethodParameter parameter, Class<? extends Annotation> annotation,
			Set<String> variables) {
		if (parameter.hasParameterAnnotation(EventName.class)) {
			if (!WITH_EVENT.contains(annotation)) {
				return "has @EventName, but only @OnEvent and @OnBroadcast methods have an event";
			}
			return (parameter.getParameterType() == String.class) ? null : "has @EventName, which is a String";
		}
		if (parameter.getParameterType() == LeaveReason.class && annotation != OnLeave.class) {
			return "is a reason, which only an @OnLeave method has";
		}
		return unknown(parameter, variables);
	}

	private static @Nullable String unknown(MethodParameter parameter, Set<String> variables) {
		DestinationVariable variable = parameter.getParameterAnnotation(DestinationVariable.class);
		if (variable == null || parameter.isOptional()) {
			return null;
		}
		String name = variable.value().isEmpty() ? parameter.getParameterName() : variable.value();
		return (name == null || variables.contains(name)) ? null
				: "is the variable {" + name + "}, which no pattern of the controller has";
	}

	private @Nullable String mistake(MethodParameter parameter, Class<? extends Annotation> annotation) {
		if (annotation == OnLeave.class) {
			return "is neither the channel nor of it, and a channel that ends has no payload";
		}
		Class<?> type = parameter.getParameterType();
		boolean plain = annotation == OnMessage.class;
		if (type == (plain ? TopicMessage.class : ChannelPayload.class)) {
			return null;
		}
		String foreign = foreignAnnotation(parameter);
		if (foreign != null) {
			return "has @" + foreign + ", which channels do not know";
		}
		return (type == SocketRequest.class || type == TopicMessage.class || type == ChannelPayload.class
				|| Channel.class.isAssignableFrom(type)
				|| !PayloadTypes.isReadable(this.codec, parameter.getGenericParameterType()))
						? "is of a type that no payload can be read as" : null;
	}

	private static @Nullable String foreignAnnotation(MethodParameter parameter) {
		return Stream.of(parameter.getParameterAnnotations())
			.map(Annotation::annotationType)
			.filter((type) -> type.getName().startsWith("org.springframework."))
			.filter((type) -> ANNOTATIONS_OF_PAYLOADS.stream().noneMatch(type.getName()::startsWith))
			.map(Class::getSimpleName)
			.findFirst()
			.orElse(null);
	}

}
