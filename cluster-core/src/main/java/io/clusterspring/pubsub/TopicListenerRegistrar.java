package io.clusterspring.pubsub;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the {@link TopicListener} methods of singleton beans and subscribes them. Beans
 * that exist when all singletons are instantiated are subscribed then, later beans when
 * they are created.
 */
public final class TopicListenerRegistrar implements BeanPostProcessor, SmartInitializingSingleton {

	private final ConfigurableBeanFactory beanFactory;

	private final ObjectProvider<PubSub> pubSub;

	private @Nullable List<Runnable> waiting = new ArrayList<>();

	/**
	 * Create the registrar.
	 * @param beanFactory resolves placeholders and scopes
	 * @param pubSub the topics, resolved when the first listener is found
	 */
	public TopicListenerRegistrar(ConfigurableBeanFactory beanFactory, ObjectProvider<PubSub> pubSub) {
		this.beanFactory = beanFactory;
		this.pubSub = pubSub;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Map<Method, TopicListener> methods = MethodIntrospector.selectMethods(AopUtils.getTargetClass(bean),
				(MethodIntrospector.MetadataLookup<TopicListener>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, TopicListener.class));
		if (!methods.isEmpty()) {
			Assert.state(!this.beanFactory.containsBean(beanName) || this.beanFactory.isSingleton(beanName),
					() -> "@TopicListener needs a singleton, but bean '" + beanName + "' is not a singleton");
			methods.forEach((method, annotation) -> subscribe(bean, method, annotation));
		}
		return bean;
	}

	@Override
	public synchronized void afterSingletonsInstantiated() {
		List<Runnable> subscriptions = this.waiting;
		this.waiting = null;
		if (subscriptions != null) {
			subscriptions.forEach(Runnable::run);
		}
	}

	private synchronized void subscribe(Object bean, Method method, TopicListener annotation) {
		Assert.state(method.getParameterCount() == 1,
				() -> "@TopicListener method must have exactly one parameter: " + method);
		Consumer<TopicMessage> listener = listener(bean, method);
		Runnable subscription = () -> {
			for (String topic : annotation.value()) {
				String resolved = this.beanFactory.resolveEmbeddedValue(topic);
				Assert.state(resolved != null, () -> "Topic '" + topic + "' resolves to nothing: " + method);
				this.pubSub.getObject().subscribe(resolved, listener);
			}
		};
		if (this.waiting != null) {
			this.waiting.add(subscription);
		}
		else {
			subscription.run();
		}
	}

	private static Consumer<TopicMessage> listener(Object bean, Method method) {
		Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
		ReflectionUtils.makeAccessible(invocable);
		Type type = method.getGenericParameterTypes()[0];
		if (type == TopicMessage.class) {
			return (message) -> invoke(invocable, bean, message);
		}
		return new PayloadListener<>(type, (payload) -> invoke(invocable, bean, payload));
	}

	private static void invoke(Method method, Object bean, Object argument) {
		try {
			method.invoke(bean, argument);
		}
		catch (InvocationTargetException ex) {
			ReflectionUtils.rethrowRuntimeException(ex.getTargetException());
		}
		catch (IllegalAccessException ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

}
