package io.clusterspring.history;

/**
 * Messages of one origin that a cursor will never find.
 *
 * @param from the number of the first one
 * @param to the number of the last one
 */
public record LogGap(long origin, long from, long to) implements LogItem {
}
