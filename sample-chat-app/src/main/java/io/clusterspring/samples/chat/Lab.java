package io.clusterspring.samples.chat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * Where the nodes are that {@code two-nodes.sh} runs, and how it is told to kill and to
 * start them. Only that script sets these properties: a real application has nothing like
 * it.
 *
 * @param pipe the named pipe that the script reads
 * @param nodes the addresses of the nodes' pages, by name
 */
@ConfigurationProperties("chat.lab")
record Lab(Path pipe, Map<String, String> nodes) {

	/**
	 * Return whether a request is one of a page of these nodes, on this machine.
	 * @param loopback whether the request comes from this machine
	 * @param host the {@code Host} header
	 * @param origin the {@code Origin} header
	 */
	boolean isOurs(boolean loopback, @Nullable String host, @Nullable String origin) {
		return loopback && StringUtils.hasText(host) && origin != null && this.nodes.containsValue(origin)
				&& this.nodes.values().stream().anyMatch((node) -> host.equals(URI.create(node).getAuthority()));
	}

}
