package io.clusterspring.failover.run;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.annotation.Schedules;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

import io.clusterspring.AnnotatedMethodException;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.OnOneNode;

/**
 * Finds methods with {@link OnOneNode}, proxies their beans, and creates one
 * {@link DistributedApplication} for each name.
 */
public final class OneNodeMethods extends AbstractBeanFactoryAwareAdvisingPostProcessor
		implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(OneNodeMethods.class);

	private final Map<String, OneNodeGate> gates = new ConcurrentHashMap<>();

	/** Methods that wait for a scheduler. */
	private final Set<String> scheduled = ConcurrentHashMap.newKeySet();

	private final ObjectProvider<DistributedApplications> applications;

	/** A subclass that Spring makes does not override such methods. */
	private static final int NOT_PROXIED = Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL;

	private volatile @Nullable Consumer<DistributedApplication> listener;

	private @Nullable ConfigurableBeanFactory beans;

	/**
	 * Create the post-processor.
	 * @param applications the applications, asked at each call of a method
	 */
	public OneNodeMethods(ObjectProvider<DistributedApplications> applications) {
		this.applications = applications;
		setProxyTargetClass(true);
		// this comes before the post-processor that schedules the methods, so that it
		// calls the proxy
		setOrder(Ordered.LOWEST_PRECEDENCE - 1);
		this.advisor = new DefaultPointcutAdvisor(new AnnotationMatchingPointcut(null, OnOneNode.class, true),
				(MethodInterceptor) this::invoke);
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		super.setBeanFactory(beanFactory);
		this.beans = (beanFactory instanceof ConfigurableBeanFactory configurable) ? configurable : null;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopUtils.getTargetClass(bean);
		Map<Method, OnOneNode> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<OnOneNode>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, OnOneNode.class));
		methods.forEach((method, annotation) -> {
			check(type, method, beanName);
			if (AnnotatedElementUtils.hasAnnotation(method, Scheduled.class)
					|| AnnotatedElementUtils.hasAnnotation(method, Schedules.class)) {
				this.scheduled.add(ClassUtils.getQualifiedMethodName(method));
			}
			String name = name(type, method, annotation);
			OneNodeGate gate = new OneNodeGate(name, (asked) -> this.applications.getObject().isRunningHere(asked));
			Consumer<DistributedApplication> told = this.listener;
			// several threads may create beans: there must be one gate for each name
			if (this.gates.putIfAbsent(name, gate) == null && told != null) {
				told.accept(gate);
			}
		});
		return super.postProcessAfterInitialization(bean, beanName);
	}

	private void check(Class<?> type, Method method, String bean) {
		ConfigurableBeanFactory present = this.beans;
		if (present != null && present.containsBean(bean) && !present.isSingleton(bean)) {
			throw AnnotatedMethodException.notSingleton(OnOneNode.class, type, method, bean);
		}
		if (method.getReturnType() != void.class) {
			throw refused(type, method,
					" returns " + method.getReturnType().getName() + ", but on other nodes there is no result",
					"Let it return void.");
		}
		int modifiers = method.getModifiers() & NOT_PROXIED;
		if (modifiers != 0) {
			throw refused(type, method,
					" is " + Modifier.toString(modifiers)
							+ ". Spring cannot guard such a method, so it would run on every node",
					"Make it a method that is not private, static or final.");
		}
	}

	private static AnnotatedMethodException refused(Class<?> type, Method method, String mistake, String action) {
		return new AnnotatedMethodException(AnnotatedMethodException.describe(OnOneNode.class, type, method) + mistake,
				action);
	}

	private String name(Class<?> type, Method method, OnOneNode annotation) {
		try {
			return name(annotation);
		}
		catch (IllegalArgumentException ex) {
			throw refused(type, method, " has no name for its application. " + ex.getMessage(),
					"Name the application, such as @OnOneNode(\"invoices\"). A placeholder needs its property, or a "
							+ "default, such as ${job:invoices}.");
		}
	}

	/**
	 * Warn of methods that no scheduler will ever call.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		if (!this.scheduled.isEmpty() && this.beans instanceof ListableBeanFactory all
				&& all.getBeanNamesForType(ScheduledAnnotationBeanPostProcessor.class, true, false).length == 0) {
			logger.warn("Nothing calls the @Scheduled methods with @OnOneNode " + new TreeSet<>(this.scheduled)
					+ ", because scheduling is off. Add @EnableScheduling to a configuration of the application");
		}
	}

	/**
	 * Register a listener for applications that are found from now on, in beans that are
	 * created late.
	 * @param added receives them
	 */
	public void listenTo(Consumer<DistributedApplication> added) {
		this.listener = added;
	}

	private String name(OnOneNode annotation) {
		ConfigurableBeanFactory present = this.beans;
		String name = (present != null) ? present.resolveEmbeddedValue(annotation.value()) : annotation.value();
		Assert.isTrue(name != null && !name.isBlank(), "It is empty");
		return name;
	}

	private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Class<?> type = (invocation.getThis() != null) ? invocation.getThis().getClass() : null;
		Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), type);
		OnOneNode annotation = AnnotatedElementUtils.findMergedAnnotation(method, OnOneNode.class);
		Assert.state(annotation != null, () -> "No @OnOneNode on " + method);
		OneNodeGate gate = this.gates.get(name(annotation));
		Assert.state(gate != null, () -> "No application for " + method);
		return gate.pass(invocation::proceed);
	}

	/**
	 * Return the applications of the methods found so far.
	 * @return one for each name
	 */
	public Collection<? extends DistributedApplication> applications() {
		return List.copyOf(this.gates.values());
	}

}
