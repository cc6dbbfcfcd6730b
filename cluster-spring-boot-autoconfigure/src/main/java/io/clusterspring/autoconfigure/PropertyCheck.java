package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.clusterspring.SyncTimeout;
import io.clusterspring.text.LogText;

/**
 * Warns of properties that begin with {@code cluster.} and do not exist, and of durations
 * so short that their unit was forgotten. Spring Boot ignores the first and takes the
 * second for milliseconds. Runs before any bean is made, so that the warnings come before
 * a failure that they explain.
 */
final class PropertyCheck implements BeanFactoryPostProcessor {

	private static final Log logger = LogFactory.getLog(PropertyCheck.class);

	private static final ConfigurationPropertyName CLUSTER = ConfigurationPropertyName.of("cluster");

	// read by what runs tests, before there is a context
	private static final ConfigurationPropertyName TEST = ConfigurationPropertyName.of("cluster.test");

	private static final Pattern SHORT = Pattern.compile("\\+?0*([1-9]\\d{0,2})");

	private final ConfigurableEnvironment environment;

	private final KnownProperties known = new KnownProperties("cluster", ClusterProperties.class);

	private final Set<String> seen = new HashSet<>();

	PropertyCheck(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		ForeignProperties foreign = new ForeignProperties(beans, this.known);
		for (ConfigurationPropertySource source : ConfigurationPropertySources
			.from(this.environment.getPropertySources())) {
			boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter((name) -> CLUSTER.isAncestorOf(name) && !TEST.equals(name) && !TEST.isAncestorOf(name))
					.filter((name) -> this.seen.add(name.toString()))
					.forEach((name) -> check(name, source, variables ? null : foreign));
			}
			if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource system) {
				checkVariables(system, foreign);
			}
		}
	}

	private void check(ConfigurationPropertyName name, ConfigurationPropertySource source,
			@Nullable ForeignProperties foreign) {
		Class<?> type = this.known.typeOf(name);
		ConfigurationProperty property = source.getConfigurationProperty(name);
		if ((type == Duration.class || type == SyncTimeout.class) && property != null) {
			checkUnit(name, property.getValue());
		}
		else if (type == null && foreign != null && !foreign.contains(name)) {
			logger.warn("The property '" + LogText.of(name) + "'" + origin(property)
					+ " does not exist and has no effect. " + advice(this.known.nearest(name)));
		}
	}

	private void checkUnit(ConfigurationPropertyName name, @Nullable Object value) {
		String text = this.environment.resolvePlaceholders(String.valueOf(value)).trim();
		Matcher bare = SHORT.matcher(text);
		if (bare.matches()) {
			String number = bare.group(1);
			logger.warn("The duration '" + LogText.of(name) + "' is " + number + " without a unit, which means "
					+ number + " milliseconds. Write " + number + "s for seconds, or " + number + "ms if you mean it");
		}
	}

	private void checkVariables(SystemEnvironmentPropertySource system, ForeignProperties foreign) {
		for (String name : system.getPropertyNames()) {
			boolean ours = name.toLowerCase(Locale.ROOT).startsWith("cluster_");
			// others have variables with this prefix, such as a Kubernetes Service of
			// that name
			String meant = (ours && !this.known.isVariable(name)) ? this.known.nearestVariable(name) : null;
			if (meant != null && !foreign.containsVariable(name)) {
				logger.warn("The environment variable " + LogText.of(name)
						+ " is no property of the cluster and has no effect. " + advice(meant));
			}
		}
	}

	private static String origin(@Nullable ConfigurationProperty property) {
		return (property != null && property.getOrigin() != null) ? " (" + LogText.of(property.getOrigin()) + ")" : "";
	}

	private static String advice(@Nullable String meant) {
		return (meant != null) ? "Did you mean '" + LogText.of(meant) + "'?"
				: "docs/properties.md lists all properties";
	}

}
