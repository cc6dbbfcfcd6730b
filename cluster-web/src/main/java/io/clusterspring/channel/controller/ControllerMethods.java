package io.clusterspring.channel.controller;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;

import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelMappingException;
import io.clusterspring.channel.EventPatterns;
import io.clusterspring.channel.OnBroadcast;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnRefresh;
import io.clusterspring.channel.Reply;
import io.clusterspring.text.LogText;

/**
 * Finds the methods of a {@link ChannelController}, and refuses those that could never be
 * called, or of which only one could.
 */
final class ControllerMethods {

	private static final String PROTOCOL_EVENTS = "phx_";

	private static final String NAME_IT = "Write the name of the event, such as new_msg, or its beginning and a *, such "
			+ "as item:*.";

	private final Class<?> controller;

	ControllerMethods(Class<?> controller) {
		this.controller = controller;
	}

	/**
	 * Find the one method with an annotation.
	 * @return the method, or {@code null} if there is none
	 * @throws ChannelMappingException if there are several
	 */
	@Nullable Method single(Class<? extends Annotation> annotation) {
		Collection<Method> methods = annotated(annotation).keySet();
		if (methods.size() > 1) {
			String name = annotation.getSimpleName();
			throw new ChannelMappingException(
					"The @" + name + " methods " + names(methods.stream())
							+ " are in one controller, which can have only one",
					"Keep one @" + name + " method, and let it call the others if they are needed.");
		}
		return methods.isEmpty() ? null : methods.iterator().next();
	}

	/**
	 * Find the method that is asked when a client refreshes its right.
	 * @return the method, or {@code null} if there is none
	 * @throws ChannelMappingException if its result does not say whether the client may
	 * stay
	 */
	@Nullable Method refresh() {
		Method method = single(OnRefresh.class);
		if (method != null && method.getReturnType() != void.class
				&& !Reply.class.isAssignableFrom(method.getReturnType())) {
			throw refused(OnRefresh.class, method,
					" returns " + method.getReturnType().getName() + ", which does not say whether the client may stay",
					"Return a Reply (Reply.ok() or Reply.refuse(...)), or void.");
		}
		return method;
	}

	/**
	 * Find the methods for events of clients.
	 * @return the methods by the names and patterns of their events
	 * @throws ChannelMappingException if one could never be called
	 */
	Map<String, Method> events() {
		Map<String, Method> methods = byName(OnEvent.class, OnEvent::value);
		methods.forEach((event, method) -> {
			if (event.startsWith(PROTOCOL_EVENTS)) {
				throw refused(OnEvent.class, method, " is for the event '" + LogText.of(event)
						+ "', which never comes to a method: events that begin with phx_ are the protocol's own",
						"Handle a join with @OnJoin and the end of a channel with @OnLeave, or give the event another "
								+ "name.");
			}
		});
		return methods;
	}

	/**
	 * Find the methods for broadcasts.
	 * @return the methods by the names and patterns of their events
	 * @throws ChannelMappingException if one could never be called
	 */
	Map<String, Method> broadcasts() {
		return byName(OnBroadcast.class, OnBroadcast::value);
	}

	private <A extends Annotation> Map<String, Method> byName(Class<A> annotation, Function<A, String[]> names) {
		Map<String, Method> result = new HashMap<>();
		annotated(annotation).forEach((method, present) -> {
			if (names.apply(present).length == 0) {
				throw refused(annotation, method, " is for no event, so nothing calls it", NAME_IT);
			}
			for (String name : names.apply(present)) {
				requirePattern(annotation, method, name);
				Method other = result.put(name, method);
				if (other != null && !other.equals(method)) {
					throw new ChannelMappingException(
							"The @" + annotation.getSimpleName() + " methods " + names(Stream.of(method, other))
									+ " are both for the event '" + LogText.of(name)
									+ "', and only one of them could get it",
							"Give each event to one method of the controller: change or remove one of the two.");
				}
			}
		});
		return result;
	}

	private void requirePattern(Class<? extends Annotation> annotation, Method method, String name) {
		if (name.isEmpty()) {
			throw refused(annotation, method, " is for an event without a name", NAME_IT);
		}
		if (!EventPatterns.isPattern(name)) {
			throw refused(annotation, method,
					" is for the event '" + LogText.of(name) + "': a * may be at the end of an event only", NAME_IT);
		}
	}

	private <A extends Annotation> Map<Method, A> annotated(Class<A> annotation) {
		return MethodIntrospector.selectMethods(this.controller,
				(MetadataLookup<A>) (method) -> AnnotatedElementUtils.findMergedAnnotation(method, annotation));
	}

	private ChannelMappingException refused(Class<? extends Annotation> annotation, Method method, String mistake,
			String action) {
		return new ChannelMappingException("The @" + annotation.getSimpleName() + " method " + name(method) + mistake,
				action);
	}

	private String names(Stream<Method> methods) {
		// the order of methods is not that of the source
		return methods.map(this::name).sorted().collect(Collectors.joining(" and "));
	}

	private String name(Method method) {
		return this.controller.getName() + "." + method.getName()
				+ Stream.of(method.getParameterTypes())
					.map(Class::getSimpleName)
					.collect(Collectors.joining(", ", "(", ")"));
	}

}
