/**
 * The clocks of this node, and the parts of a lease. No other room decides by a clock of
 * its own. Imports no other room.
 */
@NullMarked
package io.clusterspring.failover.time;

import org.jspecify.annotations.NullMarked;
