package io.clusterspring.jgroups.discovery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;

import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

import org.jspecify.annotations.Nullable;

import io.clusterspring.Seed;
import io.clusterspring.jgroups.NodeLookup;

/**
 * Nodes are at the addresses that one name resolves to, such as that of a headless
 * service in Kubernetes. The DNS server is asked each time, past the cache of the JVM,
 * which would keep a name unknown for ten seconds.
 *
 * <p>
 * Only addresses of the family of the address of this node count. As long as its own is
 * not among them, those of other nodes that start now may be missing as well.
 */
final class DnsLookup implements NodeLookup {

	private final String name;

	private final @Nullable String server;

	private volatile @Nullable String obstacle;

	DnsLookup(String name, @Nullable String server) {
		this.name = name;
		this.server = server;
	}

	@Override
	public Found lookUp(InetAddress own) throws NamingException, UnknownHostException {
		List<InetAddress> addresses = new ArrayList<>();
		boolean six = own instanceof Inet6Address;
		for (InetAddress address : resolve(six ? "AAAA" : "A")) {
			if (address instanceof Inet6Address == six) {
				addresses.add(address);
			}
		}
		this.obstacle = addresses.isEmpty() ? this.name + " has no address of IPv" + (six ? 6 : 4) : null;
		List<Seed> places = addresses.stream().map((address) -> new Seed(address.getHostAddress(), null)).toList();
		return new Found(places, addresses.contains(own));
	}

	@Override
	public @Nullable String obstacle() {
		return this.obstacle;
	}

	private List<InetAddress> resolve(String type) throws NamingException, UnknownHostException {
		try {
			return ask(type);
		}
		catch (NameNotFoundException ex) {
			return (this.server != null) ? List.of() : fromSystem();
		}
		catch (NamingException ex) {
			// without a server that answers the operating system may still know the name
			List<InetAddress> known = (this.server != null) ? List.of() : fromSystem();
			if (known.isEmpty()) {
				throw ex;
			}
			return known;
		}
	}

	private List<InetAddress> fromSystem() {
		try {
			return List.of(InetAddress.getAllByName(this.name));
		}
		catch (UnknownHostException ex) {
			// no node is known by it yet
			return List.of();
		}
	}

	private List<InetAddress> ask(String type) throws NamingException, UnknownHostException {
		DirContext context = new InitialDirContext(environment());
		try {
			List<InetAddress> addresses = new ArrayList<>();
			Attribute attribute = context.getAttributes(this.name, new String[] { type }).get(type);
			if (attribute != null) {
				NamingEnumeration<?> values = attribute.getAll();
				while (values.hasMore()) {
					addresses.add(InetAddress.getByName(String.valueOf(values.next())));
				}
			}
			return addresses;
		}
		finally {
			context.close();
		}
	}

	private Hashtable<String, String> environment() {
		return new Hashtable<>(Map.of(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory",
				Context.PROVIDER_URL, "dns:" + ((this.server != null) ? "//" + this.server : ""),
				"com.sun.jndi.dns.timeout.initial", "500", "com.sun.jndi.dns.timeout.retries", "2"));
	}

}
