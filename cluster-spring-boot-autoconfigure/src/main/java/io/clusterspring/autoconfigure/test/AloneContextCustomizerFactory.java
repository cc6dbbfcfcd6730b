package io.clusterspring.autoconfigure.test;

import java.util.List;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Reads {@link AutoConfigureCluster}.
 */
final class AloneContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		AutoConfigureCluster chosen = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AutoConfigureCluster.class);
		return new AloneContextCustomizer((chosen != null) ? chosen.alone() : null);
	}

}
