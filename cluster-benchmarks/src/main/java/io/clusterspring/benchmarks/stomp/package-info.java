/**
 * Measures the cost of STOMP messages with Spring's simple broker on all nodes, beside
 * the same application with a relay to RabbitMQ.
 */
@NullMarked
package io.clusterspring.benchmarks.stomp;

import org.jspecify.annotations.NullMarked;
