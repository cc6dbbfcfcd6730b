package io.clusterspring.channel.controller;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Set;

import org.springframework.util.Assert;

import io.clusterspring.channel.EventName;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.OnBroadcast;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnLeave;

/**
 * Checks the parameters that only some kinds of calls have.
 */
final class CallParameters {

	private static final Set<Class<? extends Annotation>> WITH_EVENT = Set.of(OnEvent.class, OnBroadcast.class);

	private CallParameters() {
	}

	/**
	 * Check the parameters of a method.
	 * @param method the method
	 * @param annotation the annotation that makes it a handler
	 * @throws IllegalStateException if a parameter has no value in such calls
	 */
	static void check(Method method, Class<? extends Annotation> annotation) {
		for (Parameter parameter : method.getParameters()) {
			if (parameter.isAnnotationPresent(EventName.class)) {
				Assert.state(WITH_EVENT.contains(annotation), () -> text(method, annotation)
						+ "an @EventName parameter, but only @OnEvent and @OnBroadcast methods have an event");
				Assert.state(parameter.getType() == String.class,
						() -> text(method, annotation) + "an @EventName parameter that is no String");
			}
			Assert.state(parameter.getType() != LeaveReason.class || annotation == OnLeave.class,
					() -> text(method, annotation)
							+ "a LeaveReason parameter, but only an @OnLeave method has a reason");
		}
	}

	private static String text(Method method, Class<? extends Annotation> annotation) {
		return "The @" + annotation.getSimpleName() + " method " + method.getDeclaringClass().getName() + "."
				+ method.getName() + " has ";
	}

}
