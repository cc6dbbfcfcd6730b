package io.clusterspring.jgroups.discovery;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Nodes that listen on an IPv6 address, and tell of it by a database.
 */
class Ipv6LookupIntegrationTests extends JdbcLookupTestCases {

	@BeforeAll
	static void thereIsIpv6() throws SocketException, UnknownHostException {
		assumeThat(NetworkInterface.getByInetAddress(InetAddress.getByName("::1"))).isNotNull();
	}

	@Override
	DataSource dataSource() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:ipv6;DB_CLOSE_DELAY=-1");
		return dataSource;
	}

	@Override
	String host(int number) {
		return "[::1]";
	}

	@Override
	int port() {
		return 28545;
	}

}
