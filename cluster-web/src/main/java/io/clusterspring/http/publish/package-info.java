/**
 * Publishing by HTTP, for scripts and other languages. The door is
 * {@link io.clusterspring.http.publish.PublishEndpoint}; {@code PublishBody} reads what
 * is to be published, and {@code Repeats} knows on all nodes which requests were handled.
 */
@NullMarked
package io.clusterspring.http.publish;

import org.jspecify.annotations.NullMarked;
