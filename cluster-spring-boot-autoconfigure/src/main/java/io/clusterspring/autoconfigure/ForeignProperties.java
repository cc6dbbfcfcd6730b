package io.clusterspring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Properties of others that begin with {@code cluster.}: those that a
 * {@link ConfigurationProperties} bean of the application takes, and those in metadata on
 * the class path. Both are looked for only if there is an unknown property.
 */
final class ForeignProperties {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"(cluster\\.[^\"]+)\"");

	private final SingletonSupplier<Set<ConfigurationPropertyName>> taken;

	private final SingletonSupplier<Set<ConfigurationPropertyName>> described;

	ForeignProperties(ConfigurableListableBeanFactory beans, KnownProperties ours) {
		this.taken = SingletonSupplier.of(() -> taken(beans));
		this.described = SingletonSupplier.of(() -> described(beans.getBeanClassLoader(), ours));
	}

	boolean contains(ConfigurationPropertyName name) {
		return this.taken.obtain().stream().anyMatch((prefix) -> prefix.equals(name) || prefix.isAncestorOf(name))
				|| this.described.obtain().stream().anyMatch((other) -> other.equals(name) || other.isAncestorOf(name));
	}

	boolean containsVariable(String variable) {
		return contains(ConfigurationPropertyName.adapt(variable, '_'));
	}

	private static Set<ConfigurationPropertyName> taken(ConfigurableListableBeanFactory beans) {
		return Stream.of(beans.getBeanNamesForAnnotation(ConfigurationProperties.class))
			.map((bean) -> beans.findAnnotationOnBean(bean, ConfigurationProperties.class, false))
			.map((annotation) -> (annotation != null) ? annotation.prefix() : "")
			.filter((prefix) -> prefix.startsWith("cluster."))
			.map(ConfigurationPropertyName::of)
			.collect(Collectors.toSet());
	}

	private static Set<ConfigurationPropertyName> described(@Nullable ClassLoader loader, KnownProperties ours) {
		ClassLoader present = (loader != null) ? loader : ClassUtils.getDefaultClassLoader();
		if (present == null) {
			return Set.of();
		}
		try {
			return Collections.list(present.getResources(METADATA))
				.stream()
				.flatMap((file) -> NAME.matcher(read(file)).results())
				.map((MatchResult match) -> ConfigurationPropertyName.adapt(match.group(1), '.'))
				.filter((name) -> ours.typeOf(name) == null)
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			return Set.of();
		}
	}

	private static String read(URL file) {
		try (InputStream stream = file.openStream()) {
			return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			return "";
		}
	}

}
