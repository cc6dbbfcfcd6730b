package io.clusterspring.channel;

import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;
import io.clusterspring.channel.controller.ChannelControllers;
import io.clusterspring.pubsub.JacksonPayloadCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ChannelControllers}.
 */
class ChannelControllersTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	@Test
	void controllerHasARouteForEachOfItsPatternsAndOneHandler() {
		List<ChannelRoute> routes = routes(new Till());
		assertThat(routes).extracting((route) -> route.pattern().toString())
			.containsExactly("till:{id}", "register:{id}");
		assertThat(routes.get(0).handler()).isSameAs(routes.get(1).handler());
	}

	@Test
	void controllerBehindAProxyIsCalledThroughIt() {
		ProxyFactory proxies = new ProxyFactory(new Till());
		proxies.setProxyTargetClass(true);
		proxies.addAdvice((MethodInterceptor) (invocation) -> "advised " + invocation.proceed());
		ChannelNodes nodes = new ChannelNodes();
		nodes.start(N1, 10, List.of(proxies.getProxy()));
		Client client = nodes.connect(N1, null);
		client.joined("till:1");
		client.send("till:1", "2", "ping", "{}");
		client.getsReply("till:1", "2", "ok", "\"advised pong\"");
		nodes.close();
	}

	@Test
	void joinMethodThatCannotDecideIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> routes(new Undecided()))
			.withMessageStartingWith("The @OnJoin method " + Undecided.class.getName() + ".join returns boolean");
	}

	@Test
	void badPatternIsRefusedWithItsController() {
		assertThatExceptionOfType(ChannelMappingException.class).isThrownBy(() -> routes(new BadPattern()))
			.withMessage("The @ChannelController " + BadPattern.class.getName() + " has a bad pattern. 'room:{room' is "
					+ "not a topic pattern: it may hold text, {variables}, and a * at the end");
	}

	private static List<ChannelRoute> routes(Object controller) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("controller", controller);
		return new ChannelControllers(null, new JacksonPayloadCodec(JsonMapper.shared())).routes(beans);
	}

	@ChannelController({ "till:{id}", "register:{id}" })
	static class Till {

		@OnEvent("ping")
		String ping() {
			return "pong";
		}

	}

	@ChannelController("undecided")
	static class Undecided {

		@OnJoin
		boolean join() {
			return false;
		}

	}

	@ChannelController("room:{room")
	static class BadPattern {

	}

}
