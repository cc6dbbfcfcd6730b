package io.clusterspring.test;

import java.util.List;

import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.cache.DefaultCacheAwareContextLoaderDelegate;
import org.springframework.test.context.support.DefaultBootstrapContext;

/**
 * Configures a further node as Spring Boot configures the context of the test, which is
 * node 1. All nodes are in Spring's cache of contexts.
 */
final class NodeBootstrapper extends SpringBootTestContextBootstrapper {

	private final int number;

	NodeBootstrapper(Class<?> testClass, int number) {
		this.number = number;
		setBootstrapContext(new DefaultBootstrapContext(testClass, new DefaultCacheAwareContextLoaderDelegate()));
	}

	// otherwise the configuration would differ from that of node 1 by more than the
	// number
	@Override
	protected String getDifferentiatorPropertySourceProperty() {
		return SpringBootTestContextBootstrapper.class.getName() + "=true";
	}

	@Override
	protected List<ContextCustomizerFactory> getContextCustomizerFactories() {
		return super.getContextCustomizerFactories().stream()
			.map((factory) -> (factory instanceof NodeContextCustomizerFactory)
					? new NodeContextCustomizerFactory(this.number) : factory)
			.toList();
	}

}
