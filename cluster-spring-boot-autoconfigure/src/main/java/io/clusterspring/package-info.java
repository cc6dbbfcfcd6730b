/**
 * The cluster: who is in it, how one waits for it, and the seam to the engine below.
 */
@NullMarked
package io.clusterspring;

import org.jspecify.annotations.NullMarked;
