package io.clusterspring.stomp;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * A session without a connection. It records what it gets.
 */
final class RecordedSession implements WebSocketSession {

	/** The frames it was sent, and {@code "closed 1012"} or the like at the end. */
	final List<String> frames = new CopyOnWriteArrayList<>();

	volatile @Nullable CloseStatus closed;

	private final String id;

	private final Map<String, Object> attributes = new ConcurrentHashMap<>();

	RecordedSession(String id) {
		this.id = id;
	}

	/**
	 * Return the bodies of the messages it has got, and its end.
	 */
	List<String> bodies() {
		return this.frames.stream()
			.filter((frame) -> frame.startsWith("MESSAGE") || frame.startsWith("closed"))
			.map((frame) -> frame.substring(frame.indexOf("\n\n") + 1).replace("\0", "").strip())
			.toList();
	}

	@Override
	public void sendMessage(WebSocketMessage<?> message) {
		this.frames.add(String.valueOf(message.getPayload()));
	}

	@Override
	public void close() {
		close(CloseStatus.NORMAL);
	}

	@Override
	public void close(CloseStatus status) {
		this.frames.add("closed " + status.getCode());
		this.closed = status;
	}

	@Override
	public boolean isOpen() {
		return this.closed == null;
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public URI getUri() {
		return URI.create("ws://127.0.0.1/ws");
	}

	@Override
	public HttpHeaders getHandshakeHeaders() {
		return new HttpHeaders();
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.attributes;
	}

	@Override
	public @Nullable Principal getPrincipal() {
		return null;
	}

	@Override
	public @Nullable InetSocketAddress getLocalAddress() {
		return null;
	}

	@Override
	public @Nullable InetSocketAddress getRemoteAddress() {
		return null;
	}

	@Override
	public String getAcceptedProtocol() {
		return "v12.stomp";
	}

	@Override
	public void setTextMessageSizeLimit(int messageSizeLimit) {
	}

	@Override
	public int getTextMessageSizeLimit() {
		return 65_536;
	}

	@Override
	public void setBinaryMessageSizeLimit(int messageSizeLimit) {
	}

	@Override
	public int getBinaryMessageSizeLimit() {
		return 65_536;
	}

	@Override
	public List<WebSocketExtension> getExtensions() {
		return List.of();
	}

}
