package io.clusterspring.aot;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.jgroups.JChannel;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.SEQUENCER;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.Protocol;
import org.jgroups.util.ThreadPool;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.util.ReflectionUtils;

import io.clusterspring.ClusterCookie;
import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;
import io.clusterspring.SyncTimeout;
import io.clusterspring.channel.websocket.TomcatSocket;
import io.clusterspring.jgroups.view.AgreementHeader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the hints that a native image of {@link AotApp} gets.
 */
class AotHintsTests {

	private static RuntimeHints hints;

	@BeforeAll
	static void process(@TempDir Path folder) {
		hints = ProcessedApp.in(folder, "--cluster.node=n1@127.0.0.1").hints();
	}

	@Test
	void methodsOfControllersAndListenersCanBeInvoked() {
		assertInvoked(AotApp.Room.class, "join");
		assertInvoked(AotApp.Room.class, "publish");
		assertInvoked(AotApp.Talk.class, "say");
		assertInvoked(AotApp.Talk.class, "echo");
		assertInvoked(AotApp.Talk.class, "left");
		assertInvoked(AotApp.Newsroom.class, "on");
		assertInvoked(AotApp.Job.class, "run");
	}

	@Test
	void payloadsCanBeReadAndWritten() {
		for (Class<?> type : List.of(AotApp.Entry.class, AotApp.Welcome.class, AotApp.Shelf.class, AotApp.Words.class,
				AotApp.Echo.class, AotApp.News.class, AotApp.Place.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).as(type.getName()).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(type, type.getRecordComponents()[0].getName())).as(type.getName()).accepts(hints);
		}
	}

	@Test
	void valuesOfPropertiesCanBeConverted() {
		for (Class<?> type : List.of(ClusterCookie.class, NodeAddress.class, Seed.class, SyncTimeout.class)) {
			Method method = Objects.requireNonNull(ReflectionUtils.findMethod(type, "of", String.class));
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).as(type.getName())
				.accepts(hints);
		}
	}

	@Test
	void tomcatCanMakeItsSocket() {
		assertMade(TomcatSocket.class);
	}

	@Test
	void theEngineFindsItsResources() {
		for (String resource : List.of("jg-magic-map.xml", "jg-protocol-ids.xml", "JGROUPS_VERSION.properties")) {
			assertThat(RuntimeHintsPredicates.resource().forResource(resource)).as(resource).accepts(hints);
			assertThat(JChannel.class.getClassLoader().getResource(resource)).as(resource).isNotNull();
		}
		assertThat(RuntimeHintsPredicates.resource().forBundle("jg-messages")).accepts(hints);
	}

	@Test
	void theEngineCanMakeWhatOtherNodesSend() {
		assertMade(IpAddress.class);
		assertMade(UUID.class);
		assertMade(AgreementHeader.class);
		assertThat(ClassConfigurator.printClassMap()
			.lines()
			.map((line) -> line.replaceAll("^(class )?([^:]+):.*", "$2"))
			.filter((name) -> name.startsWith("org.jgroups."))
			.toList())
			.hasSizeGreaterThan(40)
			.allSatisfy((name) -> assertThat(RuntimeHintsPredicates.reflection()
				.onType(TypeReference.of(name))
				.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(hints));
	}

	@Test
	void theEngineCanConfigureItsProtocols() {
		for (Class<?> type : List.of(Protocol.class, TP.class, GMS.class, MERGE3.class, FRAG4.class,
				ThreadPool.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS)).as(type.getName()).accepts(hints);
		}
		Field log = ReflectionUtils.findField(Protocol.class, "log");
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(log)).accepts(hints);
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.clusterspring.channel.Channels", "org.jgroups.protocols.kubernetes.Client",
			"org.eclipse.jetty.websocket.common.WebSocketSession", "org.slf4j.Logger",
			"org.apache.logging.log4j.core.Logger" })
	void whatMayBeAbsentCanBeLookedFor(String name) {
		assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(name))).accepts(hints);
	}

	@Test
	void protocolsOfAnXmlAreMadeByName(@TempDir Path folder) {
		RuntimeHints ofXml = ProcessedApp
			.in(folder, "--cluster.node=n1@127.0.0.1", "--cluster.jgroups.config=classpath:sequencer.xml")
			.hints();
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(SEQUENCER.class)
			.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.ACCESS_DECLARED_FIELDS))
			.accepts(ofXml)
			.rejects(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("sequencer.xml")).accepts(ofXml).rejects(hints);
	}

	@Test
	void anotherTransportNeedsNoHintsForJGroups(@TempDir Path folder) {
		RuntimeHints local = ProcessedApp.in(folder, "--cluster.transport=local").hints();
		assertThat(RuntimeHintsPredicates.resource().forResource("jg-magic-map.xml")).rejects(local);
	}

	private static void assertInvoked(Class<?> type, String method) {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(type, method)).as(type + "." + method)
			.accepts(hints);
	}

	private static void assertMade(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).as(type.getName()).accepts(hints);
	}

}
