/**
 * For the tests of an application: clients that speak to its channels without a network.
 */
@NullMarked
package io.clusterspring.test;

import org.jspecify.annotations.NullMarked;
