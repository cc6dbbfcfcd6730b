/**
 * Support for the tests of an application: clients of its channels that need no network,
 * and clusters of several nodes in one JVM.
 */
@NullMarked
package io.clusterspring.test;

import org.jspecify.annotations.NullMarked;
