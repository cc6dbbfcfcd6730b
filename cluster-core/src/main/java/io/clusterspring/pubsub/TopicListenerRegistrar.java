package io.clusterspring.pubsub;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
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
import org.springframework.util.ReflectionUtils;

import io.clusterspring.AnnotatedMethodException;

/**
 * Finds the {@link TopicListener} methods of singleton beans and subscribes them. Beans
 * that exist when all singletons are instantiated are subscribed then, later beans when
 * they are created.
 */
public final class TopicListenerRegistrar implements BeanPostProcessor, SmartInitializingSingleton {

	private final ConfigurableBeanFactory beanFactory;

	private final ObjectProvider<PubSub> pubSub;

	private final ObjectProvider<PayloadCodec> codec;

	private @Nullable List<Runnable> waiting = new ArrayList<>();

	/**
	 * Create the registrar.
	 * @param beanFactory resolves placeholders and scopes
	 * @param pubSub the topics, resolved when the first listener is found
	 * @param codec reads payloads, resolved at the same time
	 */
	public TopicListenerRegistrar(ConfigurableBeanFactory beanFactory, ObjectProvider<PubSub> pubSub,
			ObjectProvider<PayloadCodec> codec) {
		this.beanFactory = beanFactory;
		this.pubSub = pubSub;
		this.codec = codec;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopUtils.getTargetClass(bean);
		Map<Method, TopicListener> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<TopicListener>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, TopicListener.class));
		boolean singleton = !this.beanFactory.containsBean(beanName) || this.beanFactory.isSingleton(beanName);
		methods.forEach((method, annotation) -> {
			if (!singleton) {
				throw AnnotatedMethodException.notSingleton(TopicListener.class, type, method, beanName);
			}
			subscribe(bean, new ListenerMethod(type, method, annotation));
		});
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

	private synchronized void subscribe(Object bean, ListenerMethod method) {
		method.check();
		Consumer<TopicMessage> listener = listener(bean, method);
		Runnable subscription = () -> {
			this.codec.ifAvailable(method::checkPayload);
			method.subscribe(this.beanFactory::resolveEmbeddedValue,
					(topic) -> this.pubSub.getObject().subscribe(topic, listener));
		};
		if (this.waiting != null) {
			this.waiting.add(subscription);
		}
		else {
			subscription.run();
		}
	}

	private static Consumer<TopicMessage> listener(Object bean, ListenerMethod method) {
		Method invocable = AopUtils.selectInvocableMethod(method.method(), bean.getClass());
		ReflectionUtils.makeAccessible(invocable);
		if (method.payload() == TopicMessage.class) {
			return (message) -> invoke(invocable, bean, message);
		}
		return new PayloadListener<>(method.payload(), (payload) -> invoke(invocable, bean, payload));
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
