package io.clusterspring.jgroups.engine;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

/**
 * Registers what JGroups reaches by reflection, if an application that is processed ahead
 * of time has a {@link JGroupsTransport}.
 */
final class EngineAotProcessor implements BeanRegistrationAotProcessor {

	/** The property with the location of a JGroups XML, if the application has one. */
	static final String CONFIG = "cluster.jgroups.config";

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		// JGroups may be absent, so its classes are another class's
		if (bean.getBeanClass() != JGroupsTransport.class) {
			return null;
		}
		Resource config = config(bean);
		return (generation, code) -> new EngineHints(generation.getRuntimeHints()).register(config);
	}

	private static @Nullable Resource config(RegisteredBean bean) {
		String location = bean.getBeanFactory().getBean(Environment.class).getProperty(CONFIG);
		return (location != null && !location.isBlank())
				? new DefaultResourceLoader(bean.getBeanFactory().getBeanClassLoader()).getResource(location) : null;
	}

}
