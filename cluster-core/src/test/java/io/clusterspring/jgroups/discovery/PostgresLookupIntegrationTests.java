package io.clusterspring.jgroups.discovery;

import java.nio.file.Path;
import java.util.Optional;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresLookupIntegrationTests extends JdbcLookupTestCases {

	private static PostgresServer server;

	@BeforeAll
	static void startServer() throws Exception {
		Optional<Path> binaries = PostgresServer.binaries();
		if ("true".equals(System.getenv("CI"))) {
			assertThat(binaries).as("PostgreSQL below /usr/lib/postgresql, which CI has to have").isPresent();
		}
		Assumptions.assumeTrue(binaries.isPresent(), "no PostgreSQL below /usr/lib/postgresql");
		server = PostgresServer.start(binaries.orElseThrow());
	}

	@AfterAll
	static void stopServer() throws Exception {
		if (server != null) {
			server.stop();
		}
	}

	@Override
	DataSource dataSource() {
		return server.dataSource();
	}

	@Override
	int port() {
		return 29700;
	}

}
