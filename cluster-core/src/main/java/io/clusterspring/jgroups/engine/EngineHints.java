package io.clusterspring.jgroups.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Pattern;

import org.jgroups.JChannel;
import org.jgroups.annotations.Property;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.stack.Configurator;
import org.jgroups.stack.Protocol;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.ReflectionUtils;

import io.clusterspring.Node;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.JGroupsConfigException;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.jgroups.discovery.Contacts;
import io.clusterspring.jgroups.discovery.NodeDiscovery;
import io.clusterspring.jgroups.discovery.NodeLookups;
import io.clusterspring.jgroups.frame.GuardedXml;
import io.clusterspring.jgroups.view.AgreementHeader;
import io.clusterspring.text.Utf8;

/**
 * What JGroups reaches by reflection or as a resource. The protocols are those of a stack
 * that is made for this purpose and never connected, so that a new one is not forgotten.
 */
final class EngineHints {

	private static final String CLASSES_BY_NUMBER = "jg-magic-map.xml";

	private static final String PROTOCOLS_BY_NUMBER = "jg-protocol-ids.xml";

	private static final List<String> RESOURCES = List.of(CLASSES_BY_NUMBER, PROTOCOLS_BY_NUMBER,
			"JGROUPS_VERSION.properties");

	// JGroups looks whether they are there
	private static final List<String> LOGGERS = List.of("org.apache.logging.log4j.core.Logger", "org.slf4j.Logger");

	private static final Pattern ENTRY = Pattern.compile("<class\\s[^>]*name\\s*=\\s*\"([^\"]+)\"[^>]*>");

	private final RuntimeHints hints;

	EngineHints(RuntimeHints hints) {
		this.hints = hints;
	}

	/**
	 * Register the hints.
	 * @param config the JGroups XML that defines the protocols, if there is one
	 */
	void register(@Nullable Resource config) {
		RESOURCES.forEach(this.hints.resources()::registerPattern);
		this.hints.resources().registerResourceBundle("jg-messages");
		LOGGERS.forEach((name) -> this.hints.reflection().registerType(TypeReference.of(name)));
		named(CLASSES_BY_NUMBER).forEach((name) -> this.hints.reflection()
			.registerType(TypeReference.of(name), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
		named(PROTOCOLS_BY_NUMBER).forEach((name) -> this.hints.reflection().registerType(TypeReference.of(name)));
		this.hints.reflection().registerType(AgreementHeader.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		virtualThreads();
		protocols((config != null) ? ofXml(config) : ofNode());
		NodeLookups.protocols().forEach(this::configured);
	}

	// of Java 21 and later
	private void virtualThreads() {
		invoked(ReflectionUtils.findMethod(Thread.class, "ofVirtual"));
		invoked(ReflectionUtils.findMethod(Executors.class, "newThreadPerTaskExecutor", ThreadFactory.class));
		this.hints.reflection()
			.registerType(TypeReference.of("java.lang.Thread$Builder$OfVirtual"), MemberCategory.INVOKE_PUBLIC_METHODS);
	}

	private static List<String> named(String resource) {
		try {
			ClassPathResource xml = new ClassPathResource(resource, JChannel.class.getClassLoader());
			return ENTRY.matcher(Utf8.decode(xml.getContentAsByteArray()))
				.results()
				.filter((entry) -> !entry.group().contains("external=\"true\""))
				.map((entry) -> entry.group(1))
				.toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + resource + " of JGroups", ex);
		}
	}

	private static List<Protocol> ofNode() {
		EngineFailures failures = new EngineFailures();
		RefusedFrames refused = new RefusedFrames();
		PortRange ports = new PortRange(1, 1);
		NodeLookup lookup = NodeLookups.listed(List.of(), List.of());
		InetAddress host = InetAddress.getLoopbackAddress();
		Contacts contacts = Contacts.of(new Node("none", host.getHostAddress()), List.of(), ports);
		NodeDiscovery discovery = new NodeDiscovery(lookup, ports, 1, contacts);
		ListenAddress address = new ListenAddress(host, List.of(), 0);
		return NodeStack.protocols(address, ports, discovery, NodeLimits.DEFAULT, refused, failures);
	}

	private List<Protocol> ofXml(Resource config) {
		if (config instanceof ClassPathResource) {
			this.hints.resources().registerResource(config);
		}
		try (InputStream xml = config.getInputStream()) {
			List<ProtocolConfiguration> protocols = GuardedXml.read(xml).getProtocolStack();
			for (ProtocolConfiguration protocol : protocols) {
				this.hints.reflection()
					.registerType(protocol.loadProtocolClass(null), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
			}
			return Configurator.createProtocols(protocols, null);
		}
		catch (Exception ex) {
			throw new JGroupsConfigException(config, ex);
		}
	}

	private void protocols(Collection<Protocol> protocols) {
		for (Protocol protocol : protocols) {
			configured(protocol.getClass());
			Util.forAllComponentTypes(protocol.getClass(), (type, prefix) -> configured(type));
			Util.forAllComponents(protocol, (component, prefix) -> configured(component.getClass()));
		}
	}

	private void configured(Class<?> type) {
		for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
			this.hints.reflection().registerType(each, MemberCategory.ACCESS_DECLARED_FIELDS);
			for (Method method : each.getDeclaredMethods()) {
				if (method.isAnnotationPresent(Property.class)) {
					invoked(method);
					converted(method);
				}
			}
			for (Field field : each.getDeclaredFields()) {
				converted(field);
			}
		}
	}

	private void invoked(@Nullable Method method) {
		if (method != null) {
			this.hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
		}
	}

	private void converted(AnnotatedElement property) {
		Property annotation = property.getAnnotation(Property.class);
		if (annotation != null) {
			this.hints.reflection().registerType(annotation.converter(), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		}
	}

}
