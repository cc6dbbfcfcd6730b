package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;

import io.clusterspring.NodeUp;

/**
 * Says once, when the cluster has a second node, that clients of SockJS need sticky
 * sessions: Spring keeps such a session on the node that has got its first request.
 */
final class SockJsNotice {

	private static final Log logger = LogFactory.getLog(SockJsNotice.class);

	private final ObjectProvider<SimpleUrlHandlerMapping> mapping;

	private final AtomicBoolean told = new AtomicBoolean();

	SockJsNotice(ObjectProvider<SimpleUrlHandlerMapping> mapping) {
		this.mapping = mapping;
	}

	@EventListener
	void on(NodeUp event) {
		if (this.told.compareAndSet(false, true)) {
			SimpleUrlHandlerMapping present = this.mapping.getIfAvailable();
			List<String> paths = (present != null) ? sockJs(present.getUrlMap()) : List.of();
			if (!paths.isEmpty()) {
				logger
					.info("SockJS is enabled at " + paths + ", and the cluster has several nodes: a load balancer must "
							+ "send all requests of a SockJS client to one node (docs/proxy.md). Clients that use "
							+ "WebSocket alone do not need that");
			}
		}
	}

	private static List<String> sockJs(Map<String, ?> handlers) {
		return handlers.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() instanceof SockJsHttpRequestHandler)
			.map(Map.Entry::getKey)
			.sorted()
			.toList();
	}

}
