package io.clusterspring.test;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.Assert;

/**
 * Reads {@link ClusterTest}. The context of the test itself is node 1.
 */
final class NodeContextCustomizerFactory implements ContextCustomizerFactory {

	private final int number;

	NodeContextCustomizerFactory() {
		this(1);
	}

	NodeContextCustomizerFactory(int number) {
		this.number = number;
	}

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		int nodes = nodes(testClass);
		return (nodes > 0) ? new NodeContextCustomizer(nodes, this.number) : null;
	}

	/**
	 * Return the number of nodes that a test class has.
	 * @param testClass the test class
	 * @return the number, or {@code 0} if it is no {@link ClusterTest}
	 */
	static int nodes(Class<?> testClass) {
		ClusterTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, ClusterTest.class);
		Assert.isTrue(annotation == null || annotation.nodes() > 0,
				() -> "@ClusterTest of " + testClass.getName() + " needs at least one node");
		return (annotation != null) ? annotation.nodes() : 0;
	}

}
