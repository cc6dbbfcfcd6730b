package io.clusterspring;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A node and, if it is known, the port it listens on: {@code name@host} or
 * {@code name@host:port}. Without a port, the node is searched in the whole port range.
 *
 * @param node the node
 * @param port the TCP port, or {@code null} for any port of the range
 */
public record NodeAddress(Node node, @Nullable Integer port) {

	private static final Pattern NAME = Pattern.compile("[\\w.-]+");

	private static final Pattern HOST = Pattern.compile("[\\w.-]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\\w+)?");

	private static final Pattern ADDRESS = Pattern.compile("([^@]*)@(?:\\[([^\\]]*)\\]|([^:]*))(?::(\\d{1,5}))?");

	public NodeAddress {
		Integer number = port;
		Assert.isTrue(number == null || (number > 0 && number <= 65535), () -> "Port " + number + " is out of range");
	}

	/**
	 * Parse {@code name@host} or {@code name@host:port}. An IPv6 address is written in
	 * brackets.
	 * @param text the text to parse
	 * @return the address
	 * @throws IllegalArgumentException if the text is anything else
	 */
	public static NodeAddress of(String text) {
		Matcher matcher = ADDRESS.matcher(text.trim());
		Assert.isTrue(matcher.matches(), () -> "'" + text
				+ "' is not a node: expected name@host or name@host:port, such as n1@127.0.0.1 or n1@[2001:db8::1]");
		String host = (matcher.group(2) != null) ? matcher.group(2) : matcher.group(3);
		Assert.isTrue(isName(matcher.group(1)) && isHost(host), () -> "'" + text
				+ "' is not a node: expected name@host or name@host:port, such as n1@127.0.0.1 or n1@[2001:db8::1]");
		String port = matcher.group(4);
		return new NodeAddress(new Node(matcher.group(1), host), (port != null) ? Integer.valueOf(port) : null);
	}

	static boolean isName(String name) {
		return NAME.matcher(name).matches();
	}

	static boolean isHost(String host) {
		return HOST.matcher(host).matches();
	}

	@Override
	public String toString() {
		return (this.port != null) ? this.node + ":" + this.port : this.node.toString();
	}

}
