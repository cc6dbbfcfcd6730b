package io.clusterspring.actuate;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Registers meters that read their values from one object. The number of tag values is
 * fixed: topics, nodes and names of applications are not tags.
 *
 * @param source the object; the registry does not keep it alive
 */
record Meters<T>(MeterRegistry registry, T source) {

	void gauge(String name, String description, ToDoubleFunction<T> value, String... tags) {
		Gauge.builder(name, this.source, value).description(description).tags(tags).register(this.registry);
	}

	void size(String name, String description, ToDoubleFunction<T> value, String... tags) {
		Gauge.builder(name, this.source, value)
			.description(description)
			.baseUnit("bytes")
			.tags(tags)
			.register(this.registry);
	}

	void counter(String name, String description, ToDoubleFunction<T> value, String... tags) {
		FunctionCounter.builder(name, this.source, value).description(description).tags(tags).register(this.registry);
	}

	void bytes(String name, String description, ToDoubleFunction<T> value, String... tags) {
		FunctionCounter.builder(name, this.source, value)
			.description(description)
			.baseUnit("bytes")
			.tags(tags)
			.register(this.registry);
	}

}
