/**
 * Hands work from one thread to another: serial, bounded mailboxes on a shared executor,
 * and periodic tasks. Internal to the starter, not an API.
 */
@NullMarked
package io.clusterspring.mailbox;

import org.jspecify.annotations.NullMarked;
