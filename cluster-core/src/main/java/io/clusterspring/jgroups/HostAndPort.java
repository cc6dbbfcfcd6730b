package io.clusterspring.jgroups;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

import org.jgroups.stack.IpAddress;

/**
 * Writes where somebody listens as it is written in properties.
 */
public final class HostAndPort {

	private static final Pattern SCOPE = Pattern.compile("%.*");

	private static final Pattern ZEROS = Pattern.compile("(^|:)(0(:|$)){2,}");

	private HostAndPort() {
	}

	public static String of(IpAddress address) {
		return of(address.getIpAddress(), address.getPort());
	}

	public static String of(InetAddress host, int port) {
		return of(host(host), port);
	}

	public static String of(String host, int port) {
		return bracketed(host) + ":" + port;
	}

	public static String bracketed(String host) {
		return host.contains(":") ? "[" + host + "]" : host;
	}

	// without its scope, which means nothing on another machine, without brackets, and
	// with the first zeros of an IPv6 address as ::
	public static String host(InetAddress host) {
		String text = host.getHostAddress();
		return (host instanceof Inet6Address) ? ZEROS.matcher(SCOPE.matcher(text).replaceFirst("")).replaceFirst("::")
				: text;
	}

}
