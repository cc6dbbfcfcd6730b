package io.clusterspring.jgroups.discovery;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.TP;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.TimeScheduler;
import org.jgroups.util.Util;

import io.clusterspring.UnreachedPlace.Cause;
import io.clusterspring.jgroups.discovery.DiscoveryRound.Target;
import io.clusterspring.jgroups.discovery.NodeDiscovery.Places;
import io.clusterspring.jgroups.guard.ContactFailure;

/**
 * Asks at places who is there, and takes note of where that fails. Each place has a
 * thread while it is asked.
 *
 * <p>
 * Requests go past the bundler, which tells nobody that a place is out of reach.
 */
final class Questions {

	private static final Log logger = LogFactory.getLog(Questions.class);

	// a frozen process takes connections and says nothing; the ports after its own are
	// asked meanwhile
	private static final long HESITATION_MILLIS = 100;

	private static final int FRAME_HEAD = 16;

	// somebody is there, and on a machine that is very busy one end or the other gives a
	// connection up: it may be quicker the next time
	private static final Set<Cause> BUSY = EnumSet.of(Cause.SILENT, Cause.HUNG_UP);

	private final Discovery asking;

	private final TP transport;

	private final Places places;

	private final Contacts contacts;

	private final Predicate<PhysicalAddress> answered;

	private final Set<Target> underway = ConcurrentHashMap.newKeySet();

	private final Set<PhysicalAddress> connecting = ConcurrentHashMap.newKeySet();

	private final Set<String> unknownHosts = ConcurrentHashMap.newKeySet();

	// a place that has answered in this round is not asked with its target again
	Questions(Discovery asking, Places places, Contacts contacts, Predicate<PhysicalAddress> answered) {
		this.asking = asking;
		this.transport = asking.getTransport();
		this.places = places;
		this.contacts = contacts;
		this.answered = answered;
	}

	// unless that is being done
	void ask(Target target, boolean initial, Consumer<Consumer<DiscoveryRound>> news) {
		if (this.underway.add(target)) {
			timer().execute(() -> {
				try {
					Set<PhysicalAddress> taken = new HashSet<>();
					boolean certain = askPorts(target, initial, taken, news);
					news.accept((round) -> round.asked(target, taken, certain));
				}
				finally {
					this.underway.remove(target);
				}
			}, true);
		}
	}

	void ask(PhysicalAddress address, boolean initial) {
		ask(address, initial, (result) -> {
		});
	}

	void ask(PhysicalAddress address, boolean initial, Consumer<ContactFailure> result) {
		deliver(address, initial, new HashSet<>(), () -> {
		}, result);
	}

	// whether it is certain that nobody listens but those that have taken the question
	private boolean askPorts(Target target, boolean initial, Set<PhysicalAddress> taken,
			Consumer<Consumer<DiscoveryRound>> news) {
		boolean certain = true;
		try {
			InetAddress host = InetAddress.getByName(target.host());
			for (int port = target.ports().first(); port <= target.ports().last(); port++) {
				certain &= askPort(target, new IpAddress(host, port), initial, taken, news);
			}
		}
		catch (UnknownHostException ex) {
			certain = false;
			this.contacts.unknown(target);
			if (this.unknownHosts.add(target.host())) {
				logger.warn("Host " + target.host() + " of a listed node is unknown and will be tried again");
			}
		}
		return certain;
	}

	private boolean askPort(Target target, IpAddress place, boolean initial, Set<PhysicalAddress> taken,
			Consumer<Consumer<DiscoveryRound>> news) {
		if (this.places.isHere(place)) {
			this.contacts.tried(target, place.getPort(), ContactFailure.SELF);
			return true;
		}
		PhysicalAddress found = this.places.detours().wayTo(place, System.nanoTime());
		if (found == null && !initial) {
			return true;
		}
		if (found == null) {
			// it has hung up since it has a connection with this node, and hears there
			this.places.connected().forEach((address) -> ask(address, true));
		}
		PhysicalAddress way = (found != null) ? found : place;
		if (initial && this.answered.test(way)) {
			taken.add(way);
			return true;
		}
		return deliver(way, initial, taken, () -> news.accept((round) -> round.asking(target, way)), (result) -> {
			boolean detour = result.cause() != null && !way.equals(place);
			this.contacts.tried(target, place.getPort(), detour ? result.by(way.toString()) : result);
			if (result.cause() == null || !BUSY.contains(result.cause())) {
				news.accept((round) -> round.asked(target, way, result.cause() == null));
			}
		});
	}

	// begins is called if nobody asks there already, and result when that has ended
	private boolean deliver(PhysicalAddress address, boolean initial, Set<PhysicalAddress> taken, Runnable begins,
			Consumer<ContactFailure> result) {
		if (!this.connecting.add(address)) {
			return false;
		}
		begins.run();
		FutureTask<Boolean> delivery = new FutureTask<>(() -> deliver(address, initial, result));
		timer().execute(delivery, true);
		try {
			if (delivery.get(HESITATION_MILLIS, TimeUnit.MILLISECONDS)) {
				taken.add(address);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.trace(address + " is out of reach", ex);
			return false;
		}
	}

	private boolean deliver(PhysicalAddress address, boolean initial, Consumer<ContactFailure> result)
			throws Exception {
		try {
			if (!this.places.isKnown(address)) {
				this.places.detours().asked(address);
			}
			send(address, initial);
			result.accept(ContactFailure.NONE);
			return true;
		}
		catch (Exception ex) {
			this.places.detours().failed(address, System.nanoTime());
			result.accept(ContactFailure.of(ex));
			if (ex instanceof ConnectException) {
				return false;
			}
			throw ex;
		}
		finally {
			this.connecting.remove(address);
		}
	}

	// without a destination: the engine drops what has another one than a node is to be
	// found at, and the node may be reached at several
	private void send(PhysicalAddress address, boolean initial) throws Exception {
		Message request = DiscoveryMessages.request(this.asking, null, initial);
		ByteArrayDataOutputStream frame = new ByteArrayDataOutputStream(request.size() + FRAME_HEAD)
			.growExponentially(true);
		Util.writeMessage(request, frame, false);
		this.transport.doSend(frame.buffer(), 0, frame.position(), address);
	}

	private TimeScheduler timer() {
		return this.transport.getTimer();
	}

}
