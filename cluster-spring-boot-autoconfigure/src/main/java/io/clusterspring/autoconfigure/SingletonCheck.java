package io.clusterspring.autoconfigure;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

import io.clusterspring.AnnotatedMethodException;

/**
 * Fails the boot if a bean that is not a singleton has methods with an annotation that
 * needs one. Such a bean may never be created, so that nothing else would tell.
 */
final class SingletonCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(SingletonCheck.class);

	private final ConfigurableListableBeanFactory beans;

	private final Class<? extends Annotation> annotation;

	SingletonCheck(ConfigurableListableBeanFactory beans, Class<? extends Annotation> annotation) {
		this.beans = beans;
		this.annotation = annotation;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String bean : this.beans.getBeanDefinitionNames()) {
			BeanDefinition definition = this.beans.getMergedBeanDefinition(bean);
			if (!definition.isSingleton() && !definition.isAbstract()) {
				check(bean);
			}
		}
	}

	private void check(String bean) {
		Class<?> type = type(bean);
		Method method = (type != null) ? EagerBeans.method(type, this.annotation) : null;
		if (type != null && method != null) {
			throw AnnotatedMethodException.notSingleton(this.annotation, type, method, bean);
		}
	}

	private @Nullable Class<?> type(String bean) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beans, bean);
			return (type != null) ? ClassUtils.getUserClass(type) : null;
		}
		catch (RuntimeException | LinkageError ex) {
			// such as a class that is not there
			logger.debug("Cannot find the type of bean '" + bean + "'", ex);
			return null;
		}
	}

}
