package io.clusterspring.jgroups.engine;

import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;

/**
 * Finds out where this node listens. Its own name, or its network interface, may come up
 * a little later than the process does: a name that is not known is tried again.
 */
final class OwnAddress {

	private static final Log logger = LogFactory.getLog(OwnAddress.class);

	private static final long PAUSE_MILLIS = 250;

	private final ListenSettings settings;

	private final Node self;

	private final Source source;

	OwnAddress(ListenSettings settings, Node self) {
		this(settings, self, ListenAddress::of);
	}

	OwnAddress(ListenSettings settings, Node self, Source source) {
		this.settings = settings;
		this.self = self;
		this.source = source;
	}

	ListenAddress await() throws UnknownHostException, SocketException, InterruptedException {
		long start = System.nanoTime();
		boolean told = false;
		while (true) {
			try {
				return checked(this.source.find(this.settings, this.self));
			}
			catch (UnknownHostException ex) {
				if (isOver(start)) {
					throw ex;
				}
				if (!told) {
					logger.warn(this.self + " does not know its own address yet, and tries again" + limit() + ": "
							+ ex.getMessage());
					told = true;
				}
				pause();
			}
		}
	}

	private boolean isOver(long start) {
		Duration patience = this.settings.patience();
		return patience != null && System.nanoTime() - start >= patience.toNanos();
	}

	private String limit() {
		Duration patience = this.settings.patience();
		return (patience != null) ? " for " + patience.toMillis() + " ms" : "";
	}

	private ListenAddress checked(ListenAddress address) throws SocketException {
		@Nullable String risk = risk(address);
		if (ListenAddress.isOfOneLink(address.told())) {
			throw new SocketException(address.told().getHostAddress()
					+ " is a link-local address, at which other nodes cannot find this one");
		}
		if (risk != null) {
			logger.warn(risk);
		}
		return address;
	}

	@Nullable String risk(ListenAddress address) {
		InetAddress told = address.told();
		String host = (this.settings.advertised() != null) ? this.settings.advertised().host() : this.self.host();
		if (!told.isLoopbackAddress() || host.equals(told.getHostAddress()) || host.startsWith("localhost")
				|| host.contains(":")) {
			return null;
		}
		return "This machine takes '" + host + "' for " + told.getHostAddress() + ", where only nodes on this machine "
				+ "find " + this.self + ": correct its name service (/etc/hosts), or set cluster.advertised and "
				+ "cluster.bind to an address";
	}

	// untimed: the shutdown hook of Spring interrupts a boot that waits so
	private static void pause() throws InterruptedException {
		try {
			new CompletableFuture<@Nullable Void>().completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS).get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@FunctionalInterface
	interface Source {

		ListenAddress find(ListenSettings settings, Node self) throws UnknownHostException, SocketException;

	}

}
