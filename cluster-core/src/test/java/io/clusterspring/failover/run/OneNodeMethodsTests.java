package io.clusterspring.failover.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import io.clusterspring.AnnotatedMethodException;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.OnOneNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class OneNodeMethodsTests {

	private static final int THREADS = 8;

	@AutoClose("shutdownNow")
	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	@RepeatedTest(200)
	void beansThatAreCreatedAtTheSameTimeShareOneApplication() throws Exception {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		OneNodeMethods methods = new OneNodeMethods(beans.getBeanProvider(DistributedApplications.class));
		methods.setBeanFactory(beans);
		ConcurrentLinkedQueue<DistributedApplication> told = new ConcurrentLinkedQueue<>();
		methods.listenTo(told::add);
		CyclicBarrier together = new CyclicBarrier(THREADS);
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			String name = "bean" + i;
			all.add(this.threads.submit(() -> {
				Scheduled bean = new Scheduled();
				together.await();
				return methods.postProcessAfterInitialization(bean, name);
			}));
		}
		for (Future<?> one : all) {
			one.get(10, TimeUnit.SECONDS);
		}
		assertThat(told).hasSize(1);
		assertThat(methods.applications()).hasSize(1).first().isSameAs(told.peek());
	}

	@ParameterizedTest
	@ValueSource(classes = { FinalMethod.class, StaticMethod.class, PrivateMethod.class })
	void methodThatWouldRunOnEveryNodeFailsTheBoot(Class<?> type) throws Exception {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		OneNodeMethods methods = new OneNodeMethods(beans.getBeanProvider(DistributedApplications.class));
		methods.setBeanFactory(beans);
		Object bean = type.getDeclaredConstructor().newInstance();
		assertThatIllegalStateException().isThrownBy(() -> methods.postProcessAfterInitialization(bean, "bean"))
			.isInstanceOf(AnnotatedMethodException.class)
			.withMessageStartingWith("The @OnOneNode method " + type.getName() + ".run() is ")
			.withMessageEndingWith("Spring cannot guard such a method, so it would run on every node");
	}

	@Test
	void methodWithoutANameFailsTheBoot() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		OneNodeMethods methods = new OneNodeMethods(beans.getBeanProvider(DistributedApplications.class));
		methods.setBeanFactory(beans);
		assertThatExceptionOfType(AnnotatedMethodException.class)
			.isThrownBy(() -> methods.postProcessAfterInitialization(new Unnamed(), "bean"))
			.withMessage("The @OnOneNode method " + Unnamed.class.getName()
					+ ".run() has no name for its application. It is empty");
	}

	@Test
	void beanThatIsNotASingletonFails() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerBeanDefinition("job",
				BeanDefinitionBuilder.rootBeanDefinition(Scheduled.class)
					.setScope(BeanDefinition.SCOPE_PROTOTYPE)
					.getBeanDefinition());
		OneNodeMethods methods = new OneNodeMethods(beans.getBeanProvider(DistributedApplications.class));
		methods.setBeanFactory(beans);
		assertThatExceptionOfType(AnnotatedMethodException.class)
			.isThrownBy(() -> methods.postProcessAfterInitialization(new Scheduled(), "job"))
			.withMessageStartingWith("The @OnOneNode method " + Scheduled.class.getName() + ".")
			.withMessageContaining(" is in bean 'job', which is not a singleton");
	}

	static class Unnamed {

		@OnOneNode(" ")
		void run() {
		}

	}

	static class FinalMethod {

		@OnOneNode("app")
		final void run() {
		}

	}

	static class StaticMethod {

		@OnOneNode("app")
		static void run() {
		}

	}

	static class PrivateMethod {

		@OnOneNode("app")
		private void run() {
		}

	}

	static class Scheduled {

		@OnOneNode("app")
		void run() {
		}

	}

}
