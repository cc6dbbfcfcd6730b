package io.clusterspring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of topics by plain HTTP.
 *
 * @param path Path below which the topics are, such as '/cluster/topics/prices'.
 * @param publish Properties of publishing by POST.
 */
record HttpProperties(@DefaultValue("/cluster/topics") String path, @DefaultValue Publish publish) {

	boolean enabled() {
		return this.publish.enabled;
	}

	/**
	 * Properties of publishing by POST.
	 *
	 * @param enabled Whether other programs may publish on topics by POST. Needs a bean
	 * of type 'TopicPublishAuthorizer'.
	 * @param maxRequestSize Maximum size of the body of a request. A larger one is
	 * refused with status 413.
	 * @param requestTimeout Time that the body of a request may take. After that it is
	 * refused with status 408.
	 * @param maxBatch Maximum number of messages in a request. More are refused with
	 * status 400.
	 * @param maxKeys Maximum number of idempotency keys that a node remembers. With more,
	 * the oldest are forgotten.
	 * @param keyRetention Time for which an idempotency key is remembered.
	 */
	record Publish(@DefaultValue("false") boolean enabled, @DefaultValue("1MB") DataSize maxRequestSize,
			@DefaultValue("20s") Duration requestTimeout, @DefaultValue("100") int maxBatch,
			@DefaultValue("10000") int maxKeys, @DefaultValue("10m") Duration keyRetention) {
	}

}
