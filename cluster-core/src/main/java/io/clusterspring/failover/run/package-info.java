/**
 * The process of distributed applications: one thread passes events to the state of room
 * {@code decision} and performs its effects
 * ({@link io.clusterspring.failover.run.FailoverController}), other threads call the
 * applications and send frames. Methods with {@code @OnOneNode} are here as well. Imports
 * the rooms {@code decision}, {@code failover} and {@code time}.
 */
@NullMarked
package io.clusterspring.failover.run;

import org.jspecify.annotations.NullMarked;
