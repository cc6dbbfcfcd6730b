package io.clusterspring.pubsub;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TopicListenerRegistrar}. The executor is the calling thread, so that
 * listeners have received a broadcast when the call returns.
 */
@ExtendWith(OutputCaptureExtension.class)
class TopicListenerRegistrarTests {

	private final LocalNetwork network = new LocalNetwork("registrar");

	private final ClusterPubSub pubSub = new ClusterPubSub(
			new ClusterWire(this.network.transport(PubSubNodes.N1), Runnable::run, 10), PubSubNodes.CODEC,
			Runnable::run, 10, MessageObserver.NONE);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final Heard<Object> heard = new Heard<>();

	TopicListenerRegistrarTests() {
		this.context.registerBean(PubSub.class, () -> this.pubSub);
		this.context.registerBean(TopicListenerRegistrar.class,
				() -> new TopicListenerRegistrar(this.context.getBeanFactory(),
						this.context.getBeanProvider(PubSub.class)));
	}

	@AfterEach
	void close() {
		this.context.close();
		this.network.close();
	}

	@Test
	void placeholdersInTopicsAreResolved() {
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("region", "eu")));
		start(TopicListeners.Placeholders.class, () -> new TopicListeners.Placeholders(this.heard));
		this.pubSub.broadcast("orders:eu", "1");
		this.pubSub.broadcast("orders:world", "2");
		this.pubSub.broadcast("orders:${region}", "3");
		assertThat(this.heard.all()).containsExactly("1", "2");
	}

	@Test
	void parameterOfTypeTopicMessageGetsEverything() {
		start(TopicListeners.Everything.class, () -> new TopicListeners.Everything(this.heard));
		this.pubSub.broadcast("all", "text");
		this.pubSub.broadcast("all", new Broadcast("event", Map.of()));
		assertThat(this.heard.all()).extracting((message) -> ((TopicMessage) message).event())
			.containsExactly(null, "event");
	}

	@Test
	void genericParameterIsReadWithItsTypeArguments() {
		start(TopicListeners.Orders.class, () -> new TopicListeners.Orders(this.heard));
		this.pubSub.broadcast("orders", new Broadcast("event", Map.of("id", "for sockets")));
		this.pubSub.broadcast("orders", List.of(Map.of("id", "a"), Map.of("id", "b")));
		assertThat(this.heard.all()).containsExactly("a", "b");
	}

	@Test
	void failingMethodIsLoggedWithItsOwnExceptionAndHearsTheNext(CapturedOutput output) {
		start(TopicListeners.Failing.class, () -> new TopicListeners.Failing(this.heard));
		this.pubSub.broadcast("topic", "bad");
		this.pubSub.broadcast("topic", "good");
		assertThat(this.heard.all()).containsExactly("good");
		assertThat(output).contains("IllegalStateException: cannot take bad")
			.doesNotContain("InvocationTargetException");
	}

	@Test
	void methodOfAClassProxyIsCalledThroughTheProxy() {
		start(TopicListeners.Everything.class,
				() -> (TopicListeners.Everything) proxy(new TopicListeners.Everything(this.heard), true));
		this.pubSub.broadcast("all", "text");
		assertThat(this.heard.all()).hasSize(2).first().isEqualTo("advice");
	}

	@Test
	void methodOfAnInterfaceProxyIsCalledThroughTheProxy() {
		start(TopicListeners.Listener.class,
				() -> (TopicListeners.Listener) proxy(new TopicListeners.Proxied(this.heard), false));
		this.pubSub.broadcast("topic", "text");
		assertThat(this.heard.all()).containsExactly("advice", "text");
	}

	@Test
	void methodAnInterfaceProxyDoesNotHaveIsRefused() {
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> start(Object.class, () -> proxy(new TopicListeners.Hidden(this.heard), false)))
			.havingRootCause()
			.withMessageContaining("hidden");
	}

	@Test
	void prototypeIsRefused() {
		this.context.registerBean("fleeting", TopicListeners.Everything.class,
				() -> new TopicListeners.Everything(this.heard),
				(definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE));
		this.context.refresh();
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> this.context.getBean("fleeting"))
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessage("@TopicListener needs a singleton, but bean 'fleeting' is not a singleton");
	}

	@Test
	void methodWithoutAParameterIsRefused() {
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> start(TopicListeners.NoParameter.class, TopicListeners.NoParameter::new))
			.havingRootCause()
			.withMessageStartingWith("@TopicListener method must have exactly one parameter")
			.withMessageContaining("NoParameter.on()");
	}

	@Test
	void methodWithTwoParametersIsRefused() {
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> start(TopicListeners.TwoParameters.class, TopicListeners.TwoParameters::new))
			.havingRootCause()
			.withMessageStartingWith("@TopicListener method must have exactly one parameter");
	}

	@Test
	void subscriptionsAreInPlaceBeforeAnyLifecycleStarts() {
		this.context.registerBean(TopicListeners.Early.class, () -> new TopicListeners.Early(this.pubSub));
		start(TopicListeners.Everything.class, () -> new TopicListeners.Everything(this.heard));
		assertThat(this.heard.all()).hasSize(1);
	}

	@Test
	void lazyBeanIsSubscribedWhenItComes() {
		this.context.registerBean(TopicListeners.Everything.class, () -> new TopicListeners.Everything(this.heard),
				(definition) -> definition.setLazyInit(true));
		this.context.refresh();
		this.pubSub.broadcast("all", "nobody there");
		this.context.getBean(TopicListeners.Everything.class);
		this.pubSub.broadcast("all", "text");
		assertThat(this.heard.all()).hasSize(1);
	}

	@Test
	void pubSubIsNotAskedForIfNobodyListens() {
		AnnotationConfigApplicationContext empty = new AnnotationConfigApplicationContext();
		empty.registerBean(TopicListenerRegistrar.class,
				() -> new TopicListenerRegistrar(empty.getBeanFactory(), empty.getBeanProvider(PubSub.class)));
		empty.registerBean("plain", Object.class, Object::new);
		empty.refresh();
		assertThat(empty.isActive()).isTrue();
		empty.close();
	}

	private <T> void start(Class<T> type, Supplier<T> bean) {
		this.context.registerBean(type, bean);
		this.context.refresh();
	}

	private Object proxy(Object target, boolean ofClass) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.setProxyTargetClass(ofClass);
		factory.addAdvice((MethodInterceptor) (invocation) -> {
			if (invocation.getMethod().getDeclaringClass() != Object.class) {
				this.heard.accept("advice");
			}
			return invocation.proceed();
		});
		return factory.getProxy();
	}

}
