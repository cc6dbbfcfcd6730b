package io.clusterspring.pubsub;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;

/**
 * Registers a {@link TopicListener} method and the type of its payloads.
 */
final class TopicListenerReflection implements ReflectiveProcessor {

	private final BindingReflectionHintsRegistrar payloads = new BindingReflectionHintsRegistrar();

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		if (element instanceof Method method) {
			hints.registerMethod(method, ExecutableMode.INVOKE);
			for (Type type : method.getGenericParameterTypes()) {
				if (type != TopicMessage.class) {
					this.payloads.registerReflectionHints(hints, type);
				}
			}
		}
	}

}
