package io.clusterspring.jgroups.discovery;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.JDBC_PING2;
import org.jgroups.protocols.PingData;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.NameCache;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Seed;
import io.clusterspring.jgroups.NodeLookup.Found;

/**
 * The table of {@link JDBC_PING2}, which here only says where nodes listen; who is there
 * is asked of the nodes themselves. The coordinator removes rows late: it may be the one
 * that is cut off. A node that is in another view misses its row and writes it again.
 *
 * <p>
 * Replaces {@code handleView} of JDBC_PING2, which removes rows at once (JGRP-2288 and
 * JGRP-2920 are about the same rows: docs/upstream.md#rows-of-nodes-that-are-cut-off).
 * This can go once JDBC_PING2 removes rows late, and writes a row again that a read
 * misses.
 */
final class NodeTable extends JDBC_PING2 {

	private static final long GRACE_SECONDS = 5;

	NodeTable(DataSource dataSource, boolean create) {
		setId(ClassConfigurator.getProtocolId(JDBC_PING2.class));
		setDataSource(dataSource);
		registerShutdownHook(false);
		if (!create) {
			setInitializeSql(null);
		}
	}

	// each node writes where it listens before it reads where others do
	Found find() throws Exception {
		PhysicalAddress own = (PhysicalAddress) down(new Event(Event.GET_PHYSICAL_ADDRESS, this.local_addr));
		List<PingData> rows = readFromDB(this.cluster_name);
		if (rows.stream().noneMatch((row) -> isOwn(row, own))) {
			writeToDB(new PingData(this.local_addr, true, NameCache.get(this.local_addr), own), this.cluster_name);
			rows = readFromDB(this.cluster_name);
		}
		return new Found(rows.stream().map(NodeTable::place).toList(), true);
	}

	private static Seed place(PingData row) {
		IpAddress address = (IpAddress) row.getPhysicalAddr();
		return new Seed(address.getIpAddress().getHostAddress(), address.getPort());
	}

	private boolean isOwn(PingData row, PhysicalAddress own) {
		return row.getAddress().equals(this.local_addr) && own.equals(row.getPhysicalAddr());
	}

	@Override
	protected Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		// a pool may be set up to leave the commit to the application
		connection.setAutoCommit(true);
		return connection;
	}

	@Override
	public void findMembers(@Nullable List<Address> members, boolean initial, Responses found) {
		// the discovery above asks them
	}

	@Override
	protected void handleView(View view, @Nullable View before, boolean coordinatorChanged) {
		this.timer.schedule(this::removeGone, GRACE_SECONDS, TimeUnit.SECONDS);
	}

	private void removeGone() {
		View view = this.view;
		if (view == null || !this.is_coord) {
			return;
		}
		try {
			for (PingData row : readFromDB(this.cluster_name)) {
				if (!view.containsMember(row.getAddress())) {
					delete(this.cluster_name, row.getAddress());
				}
			}
		}
		catch (Exception ex) {
			this.log.debug("rows of nodes that are gone stay for now: %s", ex);
		}
	}

}
