package io.clusterspring.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

import io.clusterspring.ClusterCookie;
import io.clusterspring.NodeAddress;
import io.clusterspring.Seed;
import io.clusterspring.SyncTimeout;

/**
 * Registers what the starter itself reaches by reflection, apart from JGroups and from
 * the methods of the application.
 */
final class ClusterHints implements RuntimeHintsRegistrar {

	// values of properties, converted from text by their factory methods
	private static final List<Class<?>> VALUES = List.of(ClusterCookie.class, NodeAddress.class, Seed.class,
			SyncTimeout.class);

	// looked for at run time
	private static final List<String> OPTIONAL = List.of("io.clusterspring.channel.Channels",
			"org.eclipse.jetty.websocket.common.WebSocketSession", "org.jgroups.protocols.kubernetes.Client");

	private static final String MADE_BY_TOMCAT = "io.clusterspring.channel.websocket.TomcatSocket";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		VALUES.forEach((type) -> {
			var method = ReflectionUtils.findMethod(type, "of", String.class);
			Assert.state(method != null, () -> type + " has no method 'of'");
			hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
		});
		OPTIONAL.forEach((name) -> hints.reflection().registerType(TypeReference.of(name)));
		hints.reflection()
			.registerTypeIfPresent(classLoader, MADE_BY_TOMCAT, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
	}

}
