/**
 * The cluster: its nodes and views, the wait at boot, and the seam to the engine.
 */
@NullMarked
package io.clusterspring;

import org.jspecify.annotations.NullMarked;
