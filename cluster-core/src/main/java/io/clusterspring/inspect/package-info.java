/**
 * Questions of operators about all nodes: a node asks each other one, and puts the
 * answers together. Questions are pulled and answered a page at a time. Nobody ever makes
 * a list of all: each node returns the smallest items after a key
 * ({@link io.clusterspring.inspect.Smallest}), and the node that asks merges these
 * ({@link io.clusterspring.inspect.Merge}), both pure.
 *
 * <p>
 * A feature is a {@link io.clusterspring.inspect.Section}.
 * {@link io.clusterspring.inspect.Inspection} owns the frames, the time-outs and the
 * mailbox. A node answers on an internal thread, and no section runs code of the
 * application.
 */
@NullMarked
package io.clusterspring.inspect;

import org.jspecify.annotations.NullMarked;
