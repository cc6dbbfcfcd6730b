/**
 * A view for operators of the messages of one topic or one socket, for a while. A
 * {@link io.clusterspring.channel.tap.Taps} knows which taps are open on this node; with
 * none it costs one read of a field for each message. The request, the ring and the texts
 * are pure.
 */
@NullMarked
package io.clusterspring.channel.tap;

import org.jspecify.annotations.NullMarked;
