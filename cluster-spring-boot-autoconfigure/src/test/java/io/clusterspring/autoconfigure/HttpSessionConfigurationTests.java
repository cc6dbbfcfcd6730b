package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import io.clusterspring.channel.SocketRequest;
import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.server.ChannelServer;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.revocation.RequestArrivals;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.revocation.SessionWatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link HttpSessionConfiguration}: each sign that a session has ended closes
 * its sockets.
 */
class HttpSessionConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
				ChannelAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withPropertyValues("cluster.transport=local", "cluster.name=sessions", "cluster.node=n1@local");

	@Test
	void sessionsEventOfSpringSecurity() {
		this.runner.run((context) -> {
			TestSocket socket = new TestSocket(context.getBean(ChannelServer.class), new MockHttpSession());
			TestSocket other = new TestSocket(context.getBean(ChannelServer.class), new MockHttpSession());
			context.publishEvent(new HttpSessionDestroyedEvent(socket.session));
			socket.awaitClosed();
			assertThat(other.code).isZero();
		});
	}

	@Test
	void logoutThatKeepsTheSession() {
		this.runner.run((context) -> {
			ChannelServer server = context.getBean(ChannelServer.class);
			TestSocket socket = new TestSocket(server, new MockHttpSession());
			MockHttpServletRequest request = new MockHttpServletRequest();
			request.setSession(socket.session);
			RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
			try {
				context.publishEvent(new LogoutSuccessEvent(new TestingAuthenticationToken("ann", "")));
			}
			finally {
				RequestContextHolder.resetRequestAttributes();
			}
			socket.awaitClosed();
			assertThat(new TestSocket(server, socket.session).code).as("a later socket of the session").isZero();
		});
	}

	@Test
	void sessionThatHasGotAnotherIdAtTheLogin() {
		this.runner.run((context) -> {
			TestSocket socket = new TestSocket(context.getBean(ChannelServer.class), new MockHttpSession());
			String before = socket.session.getId();
			String after = socket.session.changeSessionId();
			context.publishEvent(
					new SessionFixationProtectionEvent(new TestingAuthenticationToken("ann", ""), before, after));
			assertThat(socket.code).isZero();
			context.publishEvent(new HttpSessionDestroyedEvent(socket.session));
			socket.awaitClosed();
		});
	}

	@Test
	void sessionThatTheRegistryHasMarkedAsExpired() {
		this.runner.withBean(SessionRegistryImpl.class).run((context) -> {
			TestSocket socket = new TestSocket(context.getBean(ChannelServer.class), new MockHttpSession());
			SessionRegistryImpl registry = context.getBean(SessionRegistryImpl.class);
			registry.registerNewSession(socket.session.getId(), "ann");
			registry.getSessionInformation(socket.session.getId()).expireNow();
			socket.awaitClosed();
		});
	}

	@Test
	void sessionOfSpringSessionThatIsDeletedOrMarkedAsExpired() {
		this.runner.withUserConfiguration(Repository.class).run((context) -> {
			ChannelServer server = context.getBean(ChannelServer.class);
			Sessions sessions = context.getBean(Sessions.class);
			TestSocket deleted = new TestSocket(server, sessions.create());
			TestSocket marked = new TestSocket(server, sessions.create());
			sessions.deleteById(deleted.session.getId());
			deleted.awaitClosed();
			MapSession session = sessions.findById(marked.session.getId());
			sessions.save(session);
			assertThat(marked.code).isZero();
			session.setAttribute("org.springframework.session.security.SpringSessionBackedSessionInformation.EXPIRED",
					true);
			sessions.save(session);
			marked.awaitClosed();
		});
	}

	@Test
	void sessionOfSpringSessionThatHasExpiredWithoutAnEvent() {
		this.runner.withUserConfiguration(Repository.class).run((context) -> {
			Sessions sessions = context.getBean(Sessions.class);
			MockHttpSession session = sessions.create();
			session.setMaxInactiveInterval(1);
			TestSocket socket = new TestSocket(context.getBean(ChannelServer.class), session);
			sessions.forgetAll();
			socket.awaitClosed();
		});
	}

	@Test
	void propertyTurnsItOff() {
		this.runner.withPropertyValues("cluster.sessions.close-sockets=false")
			.run((context) -> assertThat(context).hasSingleBean(Revocations.class)
				.doesNotHaveBean(SessionWatch.class)
				.doesNotHaveBean(SecuritySessionEvents.class)
				.doesNotHaveBean(HttpSessionConfiguration.class));
	}

	@Test
	void neitherSpringSecurityNorSpringSessionIsNeeded() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.security", "org.springframework.session"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SessionWatch.class)
				.doesNotHaveBean("clusterSecuritySessionEvents"));
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security.web"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SecuritySessionEvents.class));
	}

	private static final class TestSocket implements SocketConnection {

		private final MockHttpSession session;

		private volatile int code;

		TestSocket(ChannelServer server, MockHttpSession session) {
			this.session = session;
			MockHttpServletRequest request = new MockHttpServletRequest();
			request.setSession(session);
			SocketRequest connect = new SocketRequest("/socket", "test", Map.of("vsn", List.of("2.0.0")), Map.of(),
					null, null, null);
			((AcceptedSocket) server.connect(connect, RequestArrivals.origin(request))).open(this);
		}

		void awaitClosed() {
			await().until(() -> this.code == GOING_AWAY);
		}

		@Override
		public String id() {
			return "test";
		}

		@Override
		public void send(SocketFrame frame) {
		}

		@Override
		public void close(int closeCode) {
			this.code = closeCode;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Repository {

		@Bean
		Sessions sessionRepository() {
			return new Sessions(new ConcurrentHashMap<>());
		}

	}

	/**
	 * A repository that publishes no events, like that of JDBC.
	 */
	static class Sessions implements SessionRepository<MapSession> {

		private final Map<String, Session> map;

		private final MapSessionRepository delegate;

		Sessions(Map<String, Session> map) {
			this.map = map;
			this.delegate = new MapSessionRepository(map);
		}

		// a method, because the bean is a proxy
		void forgetAll() {
			this.map.clear();
		}

		MockHttpSession create() {
			MapSession session = createSession();
			save(session);
			return new MockHttpSession(null, session.getId());
		}

		@Override
		public MapSession createSession() {
			return this.delegate.createSession();
		}

		@Override
		public void save(MapSession session) {
			this.delegate.save(session);
		}

		@Override
		public MapSession findById(String id) {
			return this.delegate.findById(id);
		}

		@Override
		public void deleteById(String id) {
			this.delegate.deleteById(id);
		}

	}

}
