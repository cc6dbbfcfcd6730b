/**
 * The one place where work changes threads: serial, bounded mailboxes on a shared
 * executor. Internal to the starter, not an API.
 */
@NullMarked
package io.clusterspring.mailbox;

import org.jspecify.annotations.NullMarked;
