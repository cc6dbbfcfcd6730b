package io.clusterspring.pubsub;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.validation.annotation.Validated;

import io.clusterspring.AnnotatedMethodException;
import io.clusterspring.text.LogText;

/**
 * A method with {@link TopicListener}. It refuses what could never be called, and says
 * what to do.
 */
final class ListenerMethod {

	private static final Log logger = LogFactory.getLog(ListenerMethod.class);

	private static final Set<String> ANNOTATIONS_OF_PAYLOADS = Set.of("org.springframework.lang.",
			"org.springframework.messaging.handler.annotation.Payload");

	private static final String ONE_PARAMETER = "A listener has one parameter: a TopicMessage, for all messages with "
			+ "what is known of them, or the type that plain payloads are read as.";

	private static final String NAME_IT = "Name the topics, such as @TopicListener(\"orders\") or "
			+ "@TopicListener(\"orders:${region}\").";

	private final Class<?> type;

	private final Method method;

	private final TopicListener annotation;

	ListenerMethod(Class<?> type, Method method, TopicListener annotation) {
		this.type = type;
		this.method = method;
		this.annotation = annotation;
	}

	Method method() {
		return this.method;
	}

	/** Return the type of its parameter. */
	Type payload() {
		return this.method.getGenericParameterTypes()[0];
	}

	void check() {
		int count = this.method.getParameterCount();
		if (count != 1) {
			throw refused("has " + ((count == 0) ? "no parameter" : count + " parameters") + " for the one message",
					ONE_PARAMETER);
		}
		String foreign = annotation("org.springframework.");
		if (foreign != null) {
			throw refused("cannot be called: its parameter has @" + foreign + ", which topics do not know",
					ONE_PARAMETER);
		}
		String constraint = annotation("jakarta.validation.");
		if (constraint != null && !AnnotatedElementUtils.hasAnnotation(this.type, Validated.class)) {
			throw refused(
					"has @" + constraint + " on its parameter, which nothing checks, because "
							+ this.type.getSimpleName() + " is not @Validated",
					"Annotate the class with @Validated, with which Spring validates the arguments of its methods, or "
							+ "validate the payload in the method.");
		}
		if (this.annotation.value().length == 0) {
			throw refused("is for no topic, so nothing calls it", NAME_IT);
		}
	}

	/**
	 * Check that payloads can be read as the type of its parameter.
	 * @param codec reads them
	 */
	void checkPayload(PayloadCodec codec) {
		if (payload() != TopicMessage.class && !PayloadTypes.isReadable(codec, payload())) {
			throw refused("cannot be called: its parameter is of type " + payload().getTypeName()
					+ ", which no payload can be read as", ONE_PARAMETER);
		}
	}

	/**
	 * Subscribe to its topics.
	 * @param resolver fills placeholders
	 * @param subscriber subscribes to one topic
	 */
	void subscribe(UnaryOperator<@Nullable String> resolver, Consumer<String> subscriber) {
		for (String topic : this.annotation.value()) {
			String resolved = attempt(topic, () -> resolver.apply(topic));
			if (resolved == null || resolved.isEmpty()) {
				throw refused("is for a topic without a name"
						+ (topic.isEmpty() ? "" : ": " + quoted(topic) + " is replaced by nothing"), NAME_IT);
			}
			if (resolved.contains("*") || resolved.contains("{")) {
				logger.warn(LogText.line(describe() + " listens to the one topic whose name is " + quoted(resolved)
						+ ": unlike controllers of channels, listeners have no patterns"));
			}
			attempt(topic, () -> {
				subscriber.accept(resolved);
				return resolved;
			});
		}
	}

	private @Nullable String attempt(String topic, Supplier<@Nullable String> step) {
		try {
			return step.get();
		}
		catch (IllegalArgumentException ex) {
			throw refused("cannot listen to " + quoted(topic) + ". " + ex.getMessage(),
					"Correct the topic, or set the property of its placeholder. A placeholder may have a default, such "
							+ "as ${region:eu}.");
		}
	}

	private @Nullable String annotation(String start) {
		return Stream.of(this.method.getParameterAnnotations()[0])
			.map(Annotation::annotationType)
			.filter((found) -> found.getName().startsWith(start))
			.filter((found) -> ANNOTATIONS_OF_PAYLOADS.stream().noneMatch(found.getName()::startsWith))
			.map(Class::getSimpleName)
			.findFirst()
			.orElse(null);
	}

	private AnnotatedMethodException refused(String mistake, String action) {
		return new AnnotatedMethodException(describe() + " " + mistake, action);
	}

	private static String quoted(String topic) {
		return "'" + LogText.of(topic) + "'";
	}

	private String describe() {
		return AnnotatedMethodException.describe(TopicListener.class, this.type, this.method);
	}

}
