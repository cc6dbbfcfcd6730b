/**
 * The cluster in tests of Spring's test framework: an application context is alone,
 * unless its test chooses otherwise. Only that framework loads these classes.
 */
@NullMarked
package io.clusterspring.autoconfigure.test;

import org.jspecify.annotations.NullMarked;
