package io.clusterspring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Refuses to start with a Spring Boot that is too old, before it fails for want of some
 * class. It uses nothing that Spring Boot 3 does not have.
 */
final class BootVersionInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final int OLDEST = 4;

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		check(SpringBootVersion.getVersion());
	}

	static void check(@Nullable String version) {
		String major = (version != null) ? version.split("\\.")[0] : "";
		if (major.matches("\\d{1,4}") && Integer.parseInt(major) < OLDEST) {
			throw new IllegalStateException("The cluster starter needs Spring Boot " + OLDEST
					+ ".0 or later, but this application has Spring Boot " + version
					+ ". Use a later Spring Boot, or remove the dependency on the cluster starter.");
		}
	}

}
