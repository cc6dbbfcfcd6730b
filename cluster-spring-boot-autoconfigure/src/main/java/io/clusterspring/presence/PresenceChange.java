package io.clusterspring.presence;

import java.util.Map;

/**
 * A Spring event: somebody has come to or left a topic, on whichever node. An update is a
 * leave and a join in one event. Each node hears of all changes of its own table, one
 * event at a time and in order; all of a node that is gone have left.
 *
 * @param topic the topic
 * @param joins who has come, by key; the entries hold only what is new
 * @param leaves who has left, by key; the entries hold only what is gone
 */
public record PresenceChange(String topic, Map<String, PresenceEntry> joins, Map<String, PresenceEntry> leaves) {
}
