/**
 * What the HTTP request of a client says, whichever transport it opens: where it comes
 * from, and with which parameters.
 */
@NullMarked
package io.clusterspring.channel.http;

import org.jspecify.annotations.NullMarked;
