package io.clusterspring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.clusterspring.Node;
import io.clusterspring.Seed;

import static org.assertj.core.api.Assertions.assertThat;

class AddressRulesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "node | node=n1@0.0.0.0 | means all addresses",
			"node | node=n1@[::] | means all addresses",
			"advertised | node=n1@h, advertised=0.0.0.0:7800 | means all addresses",
			"advertised | node=n1@h, advertised=h, jgroups.config=classpath:a.xml | external_addr",
			"advertised | node=n1@h, advertised=h:30001, discovery.type=dns | where other nodes do not search",
			"advertised | node=n2@h, advertised=h1:7800, sync-nodes-optional=n1@h1:7800 | is where n1@h1 is listed",
			"advertised | advertised=[::]:7800 | means all addresses", "bind | bind=eth 0 | must be an address",
			"bind | bind=0.0.0.0 | does not tell where other nodes find this one",
			"bind | bind=[::] | does not tell where other nodes find this one",
			"bind | node=n1@h, bind=eth0, jgroups.config=classpath:a.xml | bind_addr",
			"bind | node=n1@h, bind=0.0.0.0:7800 | without a port", "bind | node=n1@h, bind=[::]:7800 | without a port",
			"bind | node=n1@h, bind='' | must be an address",
			"bind | node=n1@h, bind=0.0.0.0, discovery.type=multicast | multicast uses a single one" })
	void invalidAddressIsRejectedWithItsProperty(String property, String properties, String reason) {
		with(properties).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("'" + property + "'")
			.hasMessageContaining(reason));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "h:0 | Port 0 is out of range", "h:99999 | Port 99999 is out of range",
			"h:port | is not an address", "my host | is not a host", "h:1:2 | is not a host", ":7800 | is not a host",
			"http://h:7800 | is not a", "[::1 | is not a", "::1%eth0]:7800 | is not a" })
	void unreadableAddressIsReportedWithItsProperty(String advertised, String reason) {
		with("advertised=" + advertised).run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("cluster.advertised")
			.rootCause()
			.hasMessageContaining(reason));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "node=n1@h, bind=0.0.0.0", "bind=0.0.0.0, advertised=h:30001", "node=n1@h, bind=eth0",
					"bind=eth0.100", "bind=br-3f2a", "node=n1@h, bind=::", "node=n1@h, bind=[::]",
					"node=n1@h, advertised=[2001:db8::1]:30001", "node=n1@h, advertised=2001:db8::1",
					"node=n1@h, advertised=h:7809, discovery.type=dns",
					"node=n1@h1, advertised=h1:7800, sync-nodes-mandatory=n1@h1:7800",
					"node=n2@h1, advertised=h1:7801, sync-nodes-optional=n1@h1:7800",
					"node=n1@h, bind=10.0.0.1, discovery.type=multicast", "node=n1@h, bind=machine1" })
	void validAddressIsAccepted(String properties) {
		with(properties).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void nodeWithoutANameIsNamedAfterWhereItIsFound() {
		assertName("", "127.0.0.1");
		assertName("bind=0.0.0.0, advertised=host1:30001", "host1");
		assertName("bind=10.0.0.5", "10.0.0.5");
		assertName("bind=lo", "127.0.0.1");
		assertName("bind=[::1]", "::1");
	}

	@Test
	void waitForTheOwnAddressFollowsTheTimeout() {
		with("").run((context) -> assertThat(properties(context).listen().patience()).hasSeconds(15));
		with("sync-nodes-timeout=3s")
			.run((context) -> assertThat(properties(context).listen().patience()).hasSeconds(3));
		with("sync-nodes-timeout=infinity")
			.run((context) -> assertThat(properties(context).listen().patience()).isNull());
		with("advertised=[::1]:7")
			.run((context) -> assertThat(properties(context).listen().advertised()).isEqualTo(new Seed("::1", 7)));
	}

	private void assertName(String given, String host) {
		with(given).run((context) -> {
			Node node = properties(context).nodeIn(context.getEnvironment()).node();
			assertThat(node.host()).isEqualTo(host);
		});
	}

	private static ClusterProperties properties(ApplicationContext context) {
		return context.getBean(ClusterProperties.class);
	}

	private ApplicationContextRunner with(String properties) {
		ApplicationContextRunner with = this.runner;
		for (String property : properties.split(", ")) {
			with = property.isBlank() ? with : with.withPropertyValues("cluster." + property.replace("''", ""));
		}
		return with;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ClusterProperties.class)
	static class Properties {

	}

}
