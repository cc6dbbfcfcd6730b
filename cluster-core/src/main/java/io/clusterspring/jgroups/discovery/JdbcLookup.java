package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.util.List;

import javax.sql.DataSource;

import org.jgroups.protocols.JDBC_PING2;
import org.jgroups.protocols.PingData;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Seed;
import io.clusterspring.jgroups.NodeLookup;

/**
 * Nodes are where a table of a database that they share says: each writes there where it
 * listens before it reads where others do. The table is that of {@link JDBC_PING2}.
 */
final class JdbcLookup implements NodeLookup {

	private final DataSource dataSource;

	private final boolean createTable;

	private volatile @Nullable NodeTable table;

	JdbcLookup(DataSource dataSource, boolean createTable) {
		this.dataSource = dataSource;
		this.createTable = createTable;
	}

	@Override
	public List<Protocol> protocols() {
		NodeTable created = new NodeTable(this.dataSource, this.createTable);
		this.table = created;
		return List.of(created);
	}

	@Override
	public Found lookUp(InetAddress own) throws Exception {
		NodeTable current = this.table;
		if (current == null) {
			return new Found(List.of(), false);
		}
		return new Found(current.readWithOwnRow().stream().map(JdbcLookup::place).toList(), true);
	}

	private static Seed place(PingData row) {
		IpAddress address = (IpAddress) row.getPhysicalAddr();
		return new Seed(address.getIpAddress().getHostAddress(), address.getPort());
	}

}
