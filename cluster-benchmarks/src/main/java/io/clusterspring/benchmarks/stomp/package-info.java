/**
 * What STOMP messages cost with Spring's simple broker on all nodes, next to the same
 * application with a relay to RabbitMQ.
 */
@NullMarked
package io.clusterspring.benchmarks.stomp;

import org.jspecify.annotations.NullMarked;
