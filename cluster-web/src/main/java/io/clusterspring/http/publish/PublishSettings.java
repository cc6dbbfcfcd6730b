package io.clusterspring.http.publish;

import java.time.Duration;

/**
 * The limits of requests to publish.
 *
 * @param path the path below which the topics are
 * @param maxRequestSize the maximum size of a body, in bytes
 * @param requestTimeout the maximum time for a body
 * @param maxBatch the maximum number of messages in a request
 * @param keys how many requests are remembered by their idempotency keys
 * @param keyRetention how long they are remembered
 */
public record PublishSettings(String path, int maxRequestSize, Duration requestTimeout, int maxBatch, int keys,
		Duration keyRetention) {
}
