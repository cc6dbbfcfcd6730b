package io.clusterspring.dashboard;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * The needs of a native image: the files of the page, and the answer about samples, whose
 * type no operation names.
 */
final class PageHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern("io/clusterspring/dashboard/page/**");
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), SamplesDescription.class);
	}

}
