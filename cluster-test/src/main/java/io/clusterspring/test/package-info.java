/**
 * Support for the tests of an application: clients of its channels that need no network.
 */
@NullMarked
package io.clusterspring.test;

import org.jspecify.annotations.NullMarked;
