package io.clusterspring.samples.chat;

import io.clusterspring.Node;

/**
 * The presence of a person that others in the room see, besides the name.
 *
 * @param status {@code online} or {@code away}
 * @param typing whether the person is writing a message
 * @param node the node
 */
record Person(String status, boolean typing, String node) {

	static Person online(Node node) {
		return new Person("online", false, node.toString());
	}

	static Person of(PersonState state, Node node) {
		return new Person(state.status(), state.typing(), node.toString());
	}

}
