package io.clusterspring.jgroups;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.util.Table;

/**
 * UNICAST3 that delivers nothing twice to a node that has forgotten a sender. A node
 * forgets the state of a connection some minutes after the sender has left the view; a
 * sender that was frozen for so long has not, and sends again what it has no
 * acknowledgement of. UNICAST3 takes that for the beginning of the connection.
 *
 * <p>
 * Connections between members do not end for being idle: the message that is sent at the
 * moment when one does is lost.
 */
final class NodeUnicast extends UNICAST3 {

	private static final int REMEMBERED = 200;

	private final Map<Address, Window> windows = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Address, Window> eldest) {
			return size() > REMEMBERED;
		}

	};

	private Table<Message> created = createTable(1);

	NodeUnicast() {
		setId(ClassConfigurator.getProtocolId(UNICAST3.class));
		setConnExpiryTimeout(0);
	}

	@Override
	protected Table<Message> createTable(long first) {
		this.created = super.createTable(first);
		return this.created;
	}

	/**
	 * Called with the lock on all receivers.
	 */
	@Override
	protected ReceiverEntry createReceiverEntry(Address sender, long first, short connection, Address dest) {
		Window last = this.windows.remove(sender);
		long next = (last != null) ? last.next(connection, first) : first;
		ReceiverEntry entry = super.createReceiverEntry(sender, next, connection, dest);
		this.windows.put(sender, new Window(connection, this.created));
		return entry;
	}

	private record Window(short connection, Table<Message> messages) {

		long next(short again, long first) {
			return (again == this.connection) ? Math.max(first, this.messages.getHighestDelivered() + 1) : first;
		}

	}

}
