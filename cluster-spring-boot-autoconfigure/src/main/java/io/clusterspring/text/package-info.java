/**
 * The one notion of well-formed text, and the one way from what others have sent to the
 * log.
 */
@NullMarked
package io.clusterspring.text;

import org.jspecify.annotations.NullMarked;
