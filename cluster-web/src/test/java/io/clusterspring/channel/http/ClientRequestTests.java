package io.clusterspring.channel.http;

import java.util.Map;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;

import io.clusterspring.channel.ClientHttpSession;
import io.clusterspring.channel.SocketRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the HTTP session of a {@link ClientRequest}.
 */
class ClientRequestTests {

	private final MockHttpServletRequest http = new MockHttpServletRequest("GET", "/socket/websocket");

	@Test
	void requestWithoutASessionGetsNone() {
		assertThat(request().session()).isNull();
		assertThat(this.http.getSession(false)).isNull();
	}

	@Test
	void sessionIsCopied() {
		HttpSession session = new MockHttpSession(null, "secret-id");
		this.http.setSession(session);
		session.setAttribute("cart", 7);
		SocketRequest request = request();
		session.setAttribute("cart", 8);
		ClientHttpSession copy = request.session();
		assertThat(copy).isNotNull();
		assertThat(copy.id()).isEqualTo(session.getId());
		assertThat(copy.attributes()).containsOnly(Map.entry("cart", 7));
		assertThat(copy.toString()).contains("cart").doesNotContain("7").doesNotContain("secret-id");
		assertThat(request.toString()).doesNotContain("secret-id");
	}

	@Test
	void sessionThatEndsMeanwhileIsNone() {
		MockHttpSession session = new MockHttpSession();
		this.http.setSession(session);
		session.setAttribute("cart", 7);
		session.invalidate();
		assertThat(request().session()).isNull();
	}

	private SocketRequest request() {
		return new ClientRequest(this.http, "websocket").toSocketRequest(null);
	}

}
