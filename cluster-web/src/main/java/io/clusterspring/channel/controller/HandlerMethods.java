package io.clusterspring.channel.controller;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelMappingException;
import io.clusterspring.channel.OnBroadcast;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.OnLeave;
import io.clusterspring.channel.OnMessage;
import io.clusterspring.channel.OnRefresh;

/**
 * Finds methods that handle messages of channels in beans that are no
 * {@link ChannelController}: nothing would ever call them.
 */
final class HandlerMethods {

	/** The annotations of methods that handle messages. */
	static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(OnJoin.class, OnEvent.class, OnBroadcast.class,
			OnMessage.class, OnRefresh.class, OnLeave.class);

	private static final Log logger = LogFactory.getLog(HandlerMethods.class);

	private HandlerMethods() {
	}

	static void requireControllers(ListableBeanFactory beans) {
		for (String name : beans.getBeanDefinitionNames()) {
			Class<?> type = type(beans, name);
			if (type == null || !AnnotationUtils.isCandidateClass(type, Set.copyOf(ANNOTATIONS))
					|| type.getName().startsWith("org.springframework.")
					|| AnnotatedElementUtils.hasAnnotation(type, ChannelController.class)) {
				continue;
			}
			Set<Method> lost = lost(type);
			if (!lost.isEmpty()) {
				throw new ChannelMappingException(
						"No channel calls " + names(lost) + ", because " + type.getName() + " is no @ChannelController",
						"Annotate the class with @ChannelController and the patterns of its topics, or remove the "
								+ "annotation from the methods.");
			}
		}
	}

	private static @Nullable Class<?> type(ListableBeanFactory beans, String name) {
		try {
			Class<?> type = (beans instanceof ConfigurableListableBeanFactory all)
					? AutoProxyUtils.determineTargetClass(all, name) : beans.getType(name, false);
			return (type != null) ? ClassUtils.getUserClass(type) : null;
		}
		catch (RuntimeException | LinkageError ex) {
			// such as a scope that is not active, or a class that is not there
			logger.debug("Cannot find the type of bean '" + name + "'", ex);
			return null;
		}
	}

	private static Set<Method> lost(Class<?> type) {
		try {
			return MethodIntrospector.selectMethods(type,
					(ReflectionUtils.MethodFilter) (method) -> ANNOTATIONS.stream()
						.anyMatch((annotation) -> AnnotatedElementUtils.hasAnnotation(method, annotation)));
		}
		catch (LinkageError ex) {
			logger.debug("Cannot see the methods of " + type.getName(), ex);
			return Set.of();
		}
	}

	private static String names(Set<Method> methods) {
		return methods.stream().map(HandlerMethods::name).sorted().collect(Collectors.joining(", "));
	}

	static String name(Method method) {
		return method.getDeclaringClass().getSimpleName() + "." + method.getName();
	}

}
