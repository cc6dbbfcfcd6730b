package io.clusterspring.jgroups.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.Seed;

/**
 * The addresses that {@link ListenSettings} stand for.
 *
 * @param host where this node listens
 * @param found where others find it, the one it tells them of first; empty if that is
 * where it listens
 * @param port the port there, or 0 for the one it listens on
 */
record ListenAddress(InetAddress host, List<InetAddress> found, int port) {

	static ListenAddress of(ListenSettings settings, Node self) throws UnknownHostException, SocketException {
		if (settings.isAsNamed()) {
			return new ListenAddress(InetAddress.getByName(self.host()), List.of(), 0);
		}
		Seed advertised = settings.advertised();
		InetAddress[] known = InetAddress.getAllByName((advertised != null) ? advertised.host() : self.host());
		String bind = Objects.requireNonNullElse(settings.bind(), self.host());
		InetAddress host = host(withoutBrackets(bind), known[0] instanceof Inet6Address);
		Integer port = (advertised != null) ? advertised.port() : null;
		return new ListenAddress(host, sameFamilyFirst(known, host), (port != null) ? port : 0);
	}

	InetAddress told() {
		return this.found.isEmpty() ? this.host : this.found.get(0);
	}

	// of a node that is only told where to listen: the address of the interface, or what
	// was given
	static String hostOf(String bind) {
		String text = withoutBrackets(bind);
		try {
			NetworkInterface named = NetworkInterface.getByName(text);
			InetAddress address = (named != null) ? addressOf(named, false) : null;
			return (address != null) ? address.getHostAddress() : text;
		}
		catch (SocketException ex) {
			return text;
		}
	}

	private static String withoutBrackets(String bind) {
		return (bind.startsWith("[") && bind.endsWith("]")) ? bind.substring(1, bind.length() - 1) : bind;
	}

	private static InetAddress host(String bind, boolean six) throws UnknownHostException, SocketException {
		NetworkInterface named = NetworkInterface.getByName(bind);
		if (named == null) {
			return InetAddress.getByName(bind);
		}
		InetAddress address = addressOf(named, six);
		if (address == null) {
			throw new UnknownHostException("the network interface " + bind + " has no address");
		}
		return address;
	}

	private static @Nullable InetAddress addressOf(NetworkInterface named, boolean six) {
		return named.inetAddresses()
			.filter((address) -> !isOfOneLink(address))
			.min(Comparator.comparing((address) -> address instanceof Inet6Address != six))
			.orElse(null);
	}

	// means something only together with an interface of the machine that uses it, which
	// JGroups leaves out when it connects
	static boolean isOfOneLink(InetAddress address) {
		return address instanceof Inet6Address && address.isLinkLocalAddress();
	}

	private static List<InetAddress> sameFamilyFirst(InetAddress[] known, InetAddress host) {
		boolean six = host instanceof Inet6Address;
		return Arrays.stream(known)
			.sorted(Comparator.comparing((address) -> address instanceof Inet6Address != six))
			.toList();
	}

}
