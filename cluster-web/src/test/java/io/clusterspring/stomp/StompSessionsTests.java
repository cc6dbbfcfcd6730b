package io.clusterspring.stomp;

import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.messaging.DefaultSimpUserRegistry;
import org.springframework.web.socket.messaging.SessionConnectedEvent;

import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.wire.ClusterWire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link StompSessions}: sessions that are revoked, with and without a broker
 * of this node.
 */
class StompSessionsTests {

	@AutoClose
	private final LocalNetwork network = new LocalNetwork("stomp-sessions");

	private final WebSocketHandler handler = mock(WebSocketHandler.class);

	private StompSessions sessions;

	private WebSocketHandler decorated;

	@BeforeEach
	void start() {
		ClusterTransport transport = this.network.transport(Node.of("n1@127.0.0.1"));
		ClusterWire wire = new ClusterWire(transport, Runnable::run, 100);
		transport.connect(wire);
		this.sessions = new StompSessions(() -> null, Runnable::run, new Revocations(wire));
		this.decorated = this.sessions.decorate(this.handler);
	}

	@Test
	void sessionOfTheUserOfTheHandshakeIsClosedAndNotHeardAnyMore() throws Exception {
		WebSocketSession ann = open("1", () -> "ann");
		WebSocketSession bob = open("2", () -> "bob");
		TextMessage message = new TextMessage("SEND");
		this.decorated.handleMessage(ann, message);
		verify(this.handler).handleMessage(ann, message);
		this.sessions.disconnect("ann");
		verify(ann).close(CloseStatus.GOING_AWAY);
		verify(bob, never()).close(any());
		TextMessage late = new TextMessage("LATE");
		this.decorated.handleMessage(ann, late);
		this.decorated.handleMessage(bob, late);
		verify(this.handler, never()).handleMessage(ann, late);
		verify(this.handler).handleMessage(bob, late);
	}

	@Test
	void sessionOfTheUserOfTheConnectFrameIsClosed() throws Exception {
		WebSocketSession session = open("1", null);
		connected("1", () -> "ann");
		connected("gone", () -> "ann");
		this.sessions.disconnect("ann");
		verify(session).close(CloseStatus.GOING_AWAY);
	}

	@Test
	void sessionWhoseUserIsDisconnectedDuringItsConnectFrameIsClosed() throws Exception {
		WebSocketSession session = open("1", null);
		this.sessions.disconnect("ann");
		verify(session, never()).close(any());
		connected("1", () -> "ann");
		verify(session).close(CloseStatus.GOING_AWAY);
	}

	@Test
	void secondSessionWithTheSameIdIsRefusedAndTheFirstOneIsStillClosedWhenItsUserIsDisconnected() throws Exception {
		WebSocketSession first = open("chosen", () -> "ann");
		WebSocketSession second = open("chosen", () -> "ann");
		verify(second).close(CloseStatus.POLICY_VIOLATION);
		this.decorated.handleMessage(second, new TextMessage("SEND"));
		this.decorated.afterConnectionClosed(second, CloseStatus.POLICY_VIOLATION);
		verify(this.handler, never()).handleMessage(eq(second), any());
		verify(this.handler, never()).afterConnectionClosed(eq(second), any());
		TextMessage message = new TextMessage("SEND");
		this.decorated.handleMessage(first, message);
		verify(this.handler).handleMessage(first, message);
		this.sessions.disconnect("ann");
		verify(first).close(CloseStatus.GOING_AWAY);
		this.decorated.afterConnectionClosed(first, CloseStatus.GOING_AWAY);
		verify(open("chosen", () -> "ann"), never()).close(any());
	}

	@Test
	void sessionThatBeginsASecondTimeIsClosed() throws Exception {
		WebSocketSession session = open("1", null);
		this.decorated.afterConnectionEstablished(session);
		verify(session).close(CloseStatus.POLICY_VIOLATION);
		verify(this.handler).afterConnectionEstablished(session);
		this.decorated.afterConnectionClosed(session, CloseStatus.POLICY_VIOLATION);
		verify(this.handler).afterConnectionClosed(session, CloseStatus.POLICY_VIOLATION);
		verify(open("1", null), never()).close(any());
	}

	@Test
	void registryHearsOfASessionBeforeTheSessionMayBeClosed() {
		ClusterUserRegistry registry = new ClusterUserRegistry(new DefaultSimpUserRegistry(), mock(RemoteUsers.class),
				mock(), mock());
		List<Object> listeners = new ArrayList<>(List.of(this.sessions, registry));
		AnnotationAwareOrderComparator.sort(listeners);
		assertThat(listeners).containsExactly(registry, this.sessions);
	}

	@Test
	void closedSessionIsForgotten() throws Exception {
		WebSocketSession session = open("1", () -> "ann");
		this.sessions.disconnect("ann");
		this.decorated.afterConnectionClosed(session, CloseStatus.GOING_AWAY);
		Object revocable = ReflectionTestUtils.getField(this.sessions, "revocable");
		assertThat(ReflectionTestUtils.getField(revocable, "open")).isEqualTo(Map.of());
		assertThat(ReflectionTestUtils.getField(revocable, "revoked")).isEqualTo(Set.of());
		assertThat(ReflectionTestUtils.getField(ReflectionTestUtils.getField(revocable, "sockets"), "byKey"))
			.isEqualTo(Map.of());
	}

	private WebSocketSession open(String id, Principal user) throws Exception {
		WebSocketSession session = mock(WebSocketSession.class);
		given(session.getId()).willReturn(id);
		given(session.getPrincipal()).willReturn(user);
		given(session.getAttributes()).willReturn(new HashMap<>());
		given(session.isOpen()).willReturn(true);
		this.decorated.afterConnectionEstablished(session);
		return session;
	}

	private void connected(String id, Principal user) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create();
		headers.setSessionId(id);
		Message<byte[]> message = MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders());
		this.sessions.onApplicationEvent(new SessionConnectedEvent(this, message, user));
	}

}
