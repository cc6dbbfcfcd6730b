package io.clusterspring.presence;

import java.util.Map;

/**
 * A Spring event about joins and leaves on a topic, on any node. An update is a leave and
 * a join in one event. Each node publishes all changes of its own table, one event at a
 * time and in order. When a node leaves the cluster, all of its entries leave.
 *
 * @param topic the topic
 * @param joins the joins by key; the entries contain only the new metas
 * @param leaves the leaves by key; the entries contain only the removed metas
 */
public record PresenceChange(String topic, Map<String, PresenceEntry> joins, Map<String, PresenceEntry> leaves) {
}
