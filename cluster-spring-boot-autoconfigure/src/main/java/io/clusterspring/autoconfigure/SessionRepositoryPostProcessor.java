package io.clusterspring.autoconfigure;

import java.lang.reflect.Modifier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.NativeDetector;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

import io.clusterspring.revocation.Revocations;

/**
 * Wraps the repository of Spring Session, so that it is heard when a session is deleted,
 * by a logout or by the application, or marked as expired by Spring Security.
 *
 * @param revocations closes the sockets of the session
 */
record SessionRepositoryPostProcessor(ObjectProvider<Revocations> revocations) implements BeanPostProcessor {

	/** How {@code SpringSessionBackedSessionRegistry} marks a session. */
	private static final String EXPIRED = "org.springframework.session.security.SpringSessionBackedSessionInformation"
			+ ".EXPIRED";

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		// a native image makes no classes at run time
		if (!(bean instanceof SessionRepository) || NativeDetector.inNativeImage()) {
			return bean;
		}
		ProxyFactory factory = new ProxyFactory(bean);
		factory.setProxyTargetClass(!Modifier.isFinal(bean.getClass().getModifiers()));
		factory.addAdvice(new Hearing(this.revocations));
		return factory.getProxy(bean.getClass().getClassLoader());
	}

	/**
	 * Tells after a method has done its work.
	 *
	 * @param revocations closes the sockets of the session
	 */
	private record Hearing(ObjectProvider<Revocations> revocations) implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation call) throws Throwable {
			Object result = call.proceed();
			Object[] arguments = call.getArguments();
			if (arguments.length == 1 && call.getMethod().getName().equals("deleteById")) {
				this.revocations.getObject().sessionEnded((String) arguments[0]);
			}
			else if (arguments.length == 1 && call.getMethod().getName().equals("save")
					&& arguments[0] instanceof Session session && Boolean.TRUE.equals(session.getAttribute(EXPIRED))) {
				this.revocations.getObject().sessionEnded(session.getId());
			}
			return result;
		}

	}

}
