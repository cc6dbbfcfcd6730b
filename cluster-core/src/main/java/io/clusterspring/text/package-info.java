/**
 * Well-formed text, and foreign text in a form that is safe to log.
 */
@NullMarked
package io.clusterspring.text;

import org.jspecify.annotations.NullMarked;
