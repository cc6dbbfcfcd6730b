package io.clusterspring.channel;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.concurrent.CompletionStage;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.handler.annotation.DestinationVariable;

import io.clusterspring.pubsub.TopicMessage;

/**
 * Registers a method of a {@link ChannelController}, the type of its payload, and the
 * type of the value that it returns.
 */
final class ChannelMethodReflection implements ReflectiveProcessor {

	private final BindingReflectionHintsRegistrar payloads = new BindingReflectionHintsRegistrar();

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		if (element instanceof Method method) {
			hints.registerMethod(method, ExecutableMode.INVOKE);
			for (Parameter parameter : method.getParameters()) {
				if (!parameter.isAnnotationPresent(DestinationVariable.class)) {
					payload(hints, parameter.getType(), parameter.getParameterizedType());
				}
			}
			ResolvableType returned = ResolvableType.forMethodReturnType(method);
			ResolvableType later = returned.as(CompletionStage.class).getGeneric();
			ResolvableType value = (later != ResolvableType.NONE) ? later : returned;
			payload(hints, value.resolve(Object.class), value.getType());
		}
	}

	private void payload(ReflectionHints hints, Class<?> type, Type generic) {
		boolean passed = type == Channel.class || type == ChannelPayload.class || type == TopicMessage.class
				|| Principal.class.isAssignableFrom(type);
		if (!passed && !Reply.class.isAssignableFrom(type)) {
			this.payloads.registerReflectionHints(hints, generic);
		}
	}

}
