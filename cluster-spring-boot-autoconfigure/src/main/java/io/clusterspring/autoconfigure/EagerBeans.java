package io.clusterspring.autoconfigure;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

import io.clusterspring.failover.OnOneNode;
import io.clusterspring.pubsub.TopicListener;

/**
 * Excludes beans from lazy initialization that nobody asks for: listeners of topics,
 * methods that run on one node, and the beans of the auto-configuration, which react to
 * the cluster.
 */
final class EagerBeans implements LazyInitializationExcludeFilter {

	private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(TopicListener.class, OnOneNode.class);

	private static final List<String> PACKAGES = List.of("io.clusterspring.autoconfigure.",
			"io.clusterspring.actuate.");

	@Override
	public boolean isExcluded(String beanName, BeanDefinition beanDefinition, Class<?> beanType) {
		return isOurs(beanDefinition)
				|| ANNOTATIONS.stream().anyMatch((annotation) -> method(beanType, annotation) != null);
	}

	private static boolean isOurs(BeanDefinition definition) {
		return Stream.of(definition.getFactoryBeanName(), definition.getBeanClassName())
			.anyMatch((name) -> name != null && PACKAGES.stream().anyMatch(name::startsWith));
	}

	/**
	 * Find a method with an annotation.
	 * @return one of them, or {@code null} if there is none
	 */
	static @Nullable Method method(Class<?> type, Class<? extends Annotation> annotation) {
		if (!AnnotationUtils.isCandidateClass(type, annotation)) {
			return null;
		}
		return MethodIntrospector
			.selectMethods(type,
					(ReflectionUtils.MethodFilter) (method) -> AnnotatedElementUtils.hasAnnotation(method, annotation))
			.stream()
			.findFirst()
			.orElse(null);
	}

}
