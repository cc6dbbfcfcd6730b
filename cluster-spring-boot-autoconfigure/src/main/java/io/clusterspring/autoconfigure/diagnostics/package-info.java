/**
 * Explains boots that have failed: one analyzer for each exception that a mistake in the
 * configuration or a missing node can cause. It uses the exceptions of the root package
 * and of {@code jgroups}, and no package uses it: Spring Boot creates the analyzers by
 * their names in {@code spring.factories}.
 */
@NullMarked
package io.clusterspring.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
