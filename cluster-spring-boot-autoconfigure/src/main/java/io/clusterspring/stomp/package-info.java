/**
 * Spring's simple broker, made cluster-wide: messages cross nodes, and the user registry
 * knows the users of all of them.
 */
@NullMarked
package io.clusterspring.stomp;

import org.jspecify.annotations.NullMarked;
