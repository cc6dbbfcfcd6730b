package io.clusterspring;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A place where nodes are searched, without waiting for them: a host and, if it is known,
 * the port. Without a port, the whole port range of the host is searched.
 *
 * @param host the host name or IP address, without the brackets of an IPv6 address
 * @param port the TCP port, or {@code null} for any port of the range
 */
public record Seed(String host, @Nullable Integer port) {

	private static final Pattern TEXT = Pattern.compile("(?:[^@]+@)?(?:\\[([^\\]]*)\\]|([^:@]*))(?::(\\d{1,5}))?");

	private static final Pattern BARE_IPV6 = Pattern.compile("[^\\[\\]@:]*:[^\\[\\]@:]*:[^\\[\\]@]*");

	public Seed {
		Assert.isTrue(NodeAddress.isHost(host), () -> "'" + host + "' is not a host");
		Integer number = port;
		Assert.isTrue(number == null || (number > 0 && number <= 65535), () -> "Port " + number + " is out of range");
	}

	/**
	 * Parse {@code host} or {@code host:port}. A {@code name@} before it is ignored. An
	 * IPv6 address with a port is written in brackets.
	 * @param text the text to parse
	 * @return the seed
	 * @throws IllegalArgumentException if the text is anything else
	 */
	public static Seed of(String text) {
		String value = text.trim();
		if (BARE_IPV6.matcher(value).matches()) {
			return new Seed(value, null);
		}
		Matcher matcher = TEXT.matcher(value);
		Assert.isTrue(matcher.matches(), () -> "'" + text
				+ "' is not an address: expected host, host:port or name@host:port, such as 10.0.0.1:7800");
		String host = (matcher.group(1) != null) ? matcher.group(1) : matcher.group(2);
		String port = matcher.group(3);
		return new Seed(host, (port != null) ? Integer.valueOf(port) : null);
	}

	/**
	 * Return the seed of a node's address.
	 * @param address the node's address
	 * @return its host and port
	 */
	public static Seed of(NodeAddress address) {
		return new Seed(address.node().host(), address.port());
	}

	@Override
	public String toString() {
		String bracketed = this.host.contains(":") ? "[" + this.host + "]" : this.host;
		return (this.port != null) ? bracketed + ":" + this.port : bracketed;
	}

}
