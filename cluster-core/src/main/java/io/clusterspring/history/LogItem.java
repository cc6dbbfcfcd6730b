package io.clusterspring.history;

/**
 * An item that a cursor finds in a log: a message, or the place of those that are gone.
 */
public sealed interface LogItem permits KeptMessage, LogGap {

}
