/**
 * Requests of clients that hold no thread while they wait: how their bodies are read, how
 * answers are written, and what all endpoints for topics share.
 */
@NullMarked
package io.clusterspring.http;

import org.jspecify.annotations.NullMarked;
