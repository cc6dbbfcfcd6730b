package io.clusterspring.jgroups.discovery;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.NodeLookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Discovery by a database. A subclass brings the database.
 */
abstract class JdbcLookupTestCases extends LookupTestCases {

	abstract DataSource dataSource() throws Exception;

	@Override
	NodeLookup lookup(String host) throws Exception {
		return NodeLookups.jdbc(dataSource(), true);
	}

	@BeforeEach
	void startWithoutTable() throws Exception {
		execute("drop table if exists jgroups");
	}

	@Test
	void rowsComeAndGoWithTheNodes() throws Exception {
		peer(1).connect();
		Peer second = peer(2);
		second.connect();
		assertThat(rows()).hasSize(2);
		second.disconnect();
		await().atMost(30, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(rows()).singleElement().asString().startsWith("some1"));
	}

	@Test
	void rowOfANodeThatIsGoneHoldsNobodyUpAndIsRemoved() throws Exception {
		Peer former = peer(2);
		former.connect();
		former.disconnect();
		execute("insert into jgroups values ('uuid://00000000-0000-0000-0000-000000000001', 'gone', '" + this.cluster
				+ "', '127.0.0.3:" + port() + "', true)");
		peer(1).connect();
		await().atMost(30, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(rows()).singleElement().asString().startsWith("some1"));
	}

	@Test
	void nodesThatLostTheirRowsWriteThemAgainAndStayTogether() throws Exception {
		peer(1).connect();
		peer(2).connect();
		execute("delete from jgroups where cluster = '" + this.cluster + "'");
		await().untilAsserted(() -> assertThat(rows()).hasSize(2));
		peer(3).connect();
		seeAll(3);
	}

	protected final List<String> rows() throws Exception {
		try (Connection connection = dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("select name from jgroups where cluster = '" + this.cluster + "'")) {
			List<String> names = new ArrayList<>();
			while (rows.next()) {
				names.add(rows.getString(1));
			}
			return names;
		}
	}

	protected final void execute(String sql) throws Exception {
		try (Connection connection = dataSource().getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
