/**
 * Makes Spring's simple broker cluster-wide: messages are sent to all nodes, and the user
 * registry has the users of all nodes.
 */
@NullMarked
package io.clusterspring.stomp;

import org.jspecify.annotations.NullMarked;
