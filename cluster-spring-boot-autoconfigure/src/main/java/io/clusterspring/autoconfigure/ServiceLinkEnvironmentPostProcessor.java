package io.clusterspring.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Ignores {@code CLUSTER_PORT=tcp://10.0.0.1:80}. Kubernetes gives this variable to the
 * pods of a namespace with a Service named {@code cluster}, and it would be taken for
 * {@code cluster.port}. It runs before Spring Boot's own post-processor of the system
 * environment.
 */
final class ServiceLinkEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String VARIABLE = "CLUSTER_PORT";

	private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://.*");

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		MutablePropertySources sources = environment.getPropertySources();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		PropertySource<?> system = sources.get(name);
		if (system != null && system.getSource() instanceof Map<?, ?> variables
				&& variables.get(VARIABLE) instanceof String port && SERVICE_LINK.matcher(port).matches()) {
			Map<String, Object> others = new HashMap<>();
			variables.forEach((variable, value) -> others.put(String.valueOf(variable), value));
			others.remove(VARIABLE);
			sources.replace(name, new SystemEnvironmentPropertySource(name, others));
		}
	}

}
