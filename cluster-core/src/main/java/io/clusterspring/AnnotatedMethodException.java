package io.clusterspring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Thrown when the application starts and a method cannot work as it is annotated: its
 * parameters cannot be supplied, it has no topic, or its bean is not a singleton. The
 * message names the class and the method.
 */
public final class AnnotatedMethodException extends IllegalStateException {

	private final String action;

	/**
	 * Create the exception.
	 * @param message the mistake, with the class and the method that have it
	 * @param action how to correct it
	 */
	public AnnotatedMethodException(String message, String action) {
		super(message);
		this.action = action;
	}

	/**
	 * Create the exception of a method whose bean is not a singleton.
	 * @param annotation the annotation of the method
	 * @param type the class of the bean
	 * @param method the method
	 * @param bean the name of the bean
	 * @return the exception
	 */
	public static AnnotatedMethodException notSingleton(Class<? extends Annotation> annotation, Class<?> type,
			Method method, String bean) {
		return new AnnotatedMethodException(describe(annotation, type, method) + " is in bean '"
				+ bean.replaceFirst("^scopedTarget\\.", "")
				+ "', which is not a singleton: such an object is made when something asks for it, so it may be "
				+ "there never, or many times",
				"Remove the scope of the bean, or move the method to a bean that is a singleton.");
	}

	/**
	 * Return a description of a method, with which the message begins.
	 * @param annotation the annotation of the method
	 * @param type the class of the bean
	 * @param method the method
	 * @return the description
	 */
	public static String describe(Class<? extends Annotation> annotation, Class<?> type, Method method) {
		return "The @" + annotation.getSimpleName() + " method " + type.getName() + "." + method.getName()
				+ Stream.of(method.getParameterTypes())
					.map(Class::getSimpleName)
					.collect(Collectors.joining(", ", "(", ")"));
	}

	/**
	 * Return how to correct the mistake.
	 * @return one or more sentences
	 */
	public String action() {
		return this.action;
	}

}
