package io.clusterspring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;

import io.clusterspring.AnnotatedMethodException;
import io.clusterspring.failover.OnOneNode;
import io.clusterspring.pubsub.TopicListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for methods that need a singleton, in beans that are none and that nothing has
 * asked for.
 */
class SingletonCheckTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				FailoverAutoConfiguration.class))
		.withPropertyValues("cluster.name=singletons", "cluster.transport=local", "cluster.node=n1@local");

	@Test
	void prototypeFailsTheBoot() {
		this.runner.withBean("job", Job.class, Job::new, (bean) -> bean.setScope(BeanDefinition.SCOPE_PROTOTYPE))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(AnnotatedMethodException.class)
				.hasMessageStartingWith("The @OnOneNode method " + Job.class.getName()
						+ ".work() is in bean 'job', which is not a singleton: "));
		this.runner
			.withBean("listener", Listener.class, Listener::new,
					(bean) -> bean.setScope(BeanDefinition.SCOPE_PROTOTYPE))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageStartingWith("The @TopicListener method " + Listener.class.getName() + ".on(String) is in"));
	}

	@Test
	void beanOfAnotherScopeFailsTheBoot() {
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
			.withUserConfiguration(Scoped.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(AnnotatedMethodException.class)
				.hasMessageContaining(" is in bean 'scopedJob', which"));
	}

	@Test
	void singletonsAndOtherPrototypesDoNot() {
		this.runner.withBean("job", Job.class, Job::new)
			.withBean("text", String.class, () -> "text", (bean) -> bean.setScope(BeanDefinition.SCOPE_PROTOTYPE))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void failureIsExplained() {
		Throwable failure = new IllegalStateException("boot", new AnnotatedMethodException("It is bad", "Mend it."));
		FailureAnalysis analysis = FailureAnalyses.of(failure);
		assertThat(analysis.getDescription()).isEqualTo("It is bad.");
		assertThat(analysis.getAction()).isEqualTo("Mend it.");
	}

	static class Job {

		@OnOneNode("job")
		void work() {
		}

	}

	static class Listener {

		@TopicListener("orders")
		void on(String order) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Job scopedJob() {
			return new Job();
		}

	}

}
