package io.clusterspring.pubsub;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.aopalliance.intercept.MethodInterceptor;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MapPropertySource;

import io.clusterspring.AnnotatedMethodException;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
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
		this.context.registerBean(PayloadCodec.class, () -> PubSubNodes.CODEC);
		this.context.registerBean(TopicListenerRegistrar.class,
				() -> new TopicListenerRegistrar(this.context.getBeanFactory(),
						this.context.getBeanProvider(PubSub.class), this.context.getBeanProvider(PayloadCodec.class)));
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
			.isInstanceOf(AnnotatedMethodException.class)
			.withMessageStartingWith("The @TopicListener method " + TopicListeners.Everything.class.getName()
					+ ".on(TopicMessage) is in bean 'fleeting', which is not a singleton");
	}

	static Stream<Arguments> mistakes() {
		String type = "cannot be called: its parameter is of type ";
		return Stream.of(Arguments.of(TopicListeners.NoParameter.class, "on() has no parameter for the one message"),
				Arguments.of(TopicListeners.TwoParameters.class,
						"on(String, String) has 2 parameters for the one message"),
				Arguments.of(TopicListeners.Headed.class,
						"on(String) cannot be called: its parameter has @Value, which topics do not know"),
				Arguments.of(TopicListeners.Unreadable.class,
						"on(PubSub) " + type + "io.clusterspring.pubsub.PubSub, which no payload can be read as"),
				Arguments.of(TopicListeners.NoTopic.class, "on(String) is for no topic, so nothing calls it"),
				Arguments.of(TopicListeners.Unnamed.class, "on(String) is for a topic without a name"),
				Arguments.of(TopicListeners.Emptied.class,
						"on(String) is for a topic without a name: '${region:}' is replaced by nothing"),
				Arguments.of(TopicListeners.Unset.class,
						"on(String) cannot listen to 'orders:${region}'. Could not resolve placeholder 'region'"),
				Arguments.of(TopicListeners.Malformed.class,
						"on(String) cannot listen to 'orders:?'. Topic 'orders:?' is not well-formed"));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void listenerThatCannotWorkIsRefusedWithItsMethod(Class<?> type, String message) {
		// as in an application of Spring Boot
		this.context.registerBean(PropertySourcesPlaceholderConfigurer.class);
		this.context.registerBean(type);
		assertThatException().isThrownBy(this.context::refresh)
			.extracting(NestedExceptionUtils::getMostSpecificCause)
			.asInstanceOf(InstanceOfAssertFactories.throwable(AnnotatedMethodException.class))
			.hasMessageStartingWith("The @TopicListener method " + type.getName() + "." + message)
			.extracting(AnnotatedMethodException::action)
			.asString()
			.isNotEmpty();
	}

	@Test
	void whatLooksLikeAPatternIsToldToBeAName(CapturedOutput output) {
		start(TopicListeners.Patterns.class, () -> new TopicListeners.Patterns(this.heard));
		this.pubSub.broadcast("room:*", "literal");
		assertThat(this.heard.all()).containsExactly("literal");
		assertThat(output.getAll().lines().filter((line) -> line.contains("listeners have no patterns"))).hasSize(2)
			.anySatisfy((line) -> assertThat(line)
				.contains("The @TopicListener method " + TopicListeners.Patterns.class.getName()
						+ ".on(String) listens to the one topic whose name is 'room:*'"))
			.anySatisfy((line) -> assertThat(line).contains("'room:{room}'"));
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
		empty.registerBean(TopicListenerRegistrar.class, () -> new TopicListenerRegistrar(empty.getBeanFactory(),
				empty.getBeanProvider(PubSub.class), empty.getBeanProvider(PayloadCodec.class)));
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
