package io.clusterspring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of topics by plain HTTP.
 *
 * @param path Path below which the topics are, such as '/cluster/topics/prices'.
 * @param publish Properties of publishing by POST.
 * @param events Properties of server-sent events.
 */
record HttpProperties(@DefaultValue("/cluster/topics") String path, @DefaultValue Publish publish,
		@DefaultValue Events events) {

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

	/**
	 * Properties of server-sent events.
	 *
	 * @param enabled Whether browsers may read the events of topics as server-sent
	 * events. Needs a bean of type 'TopicEventsAuthorizer'.
	 * @param maxConnections Maximum number of connections of this node. Further clients
	 * are refused with status 503.
	 * @param bufferCapacity Maximum size of the events that wait for a client that does
	 * not read. More ends its connection.
	 * @param writeTimeout Time for which events wait for a client that does not read.
	 * After that its connection ends.
	 * @param heartbeat Time without an event after which a comment is sent.
	 * @param retry Time after which a browser connects again when its connection has
	 * ended.
	 */
	record Events(@DefaultValue("false") boolean enabled, @DefaultValue("10000") int maxConnections,
			@DefaultValue("1MB") DataSize bufferCapacity, @DefaultValue("30s") Duration writeTimeout,
			@DefaultValue("15s") Duration heartbeat, @DefaultValue("2s") Duration retry) {
	}

}
