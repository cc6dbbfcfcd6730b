/**
 * Decides which node owns an application, and what this node does about it. All classes
 * are pure: they read no clock and own no thread;
 * {@link io.clusterspring.failover.decision.FailoverState} takes events and returns
 * effects. Imports the rooms {@code failover} and {@code time}.
 */
@NullMarked
package io.clusterspring.failover.decision;

import org.jspecify.annotations.NullMarked;
