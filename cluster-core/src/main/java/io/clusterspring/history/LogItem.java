package io.clusterspring.history;

/**
 * What a cursor finds in a log: a message, or the place of messages that are gone.
 */
public sealed interface LogItem permits KeptMessage, LogGap {

}
