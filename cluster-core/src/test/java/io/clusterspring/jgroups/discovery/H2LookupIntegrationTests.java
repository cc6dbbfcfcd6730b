package io.clusterspring.jgroups.discovery;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class H2LookupIntegrationTests extends JdbcLookupTestCases {

	@Override
	DataSource dataSource() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:nodes;DB_CLOSE_DELAY=-1");
		return dataSource;
	}

	@Override
	int port() {
		return 27915;
	}

	@Test
	void poolMayLeaveTheCommitToTheApplication() throws Exception {
		DataSource pool = Mockito.mock();
		Mockito.when(pool.getConnection()).then((call) -> {
			Connection connection = dataSource().getConnection();
			connection.setAutoCommit(false);
			return connection;
		});
		for (int i = 1; i <= 2; i++) {
			peer(i, NodeLookups.jdbc(pool, true)).connect();
		}
		assertThat(rows()).hasSize(2);
		seeAll(2);
	}

	@Test
	void withoutTheTableNobodyIsFoundAndNoneIsCreated() throws Exception {
		for (int i = 1; i <= 2; i++) {
			Peer peer = peer(i, NodeLookups.jdbc(dataSource(), false));
			peer.connect();
			assertThat(peer.heard.nodes()).hasSize(1);
		}
		assertThatExceptionOfType(SQLException.class).isThrownBy(this::rows);
		disconnect();
	}

}
