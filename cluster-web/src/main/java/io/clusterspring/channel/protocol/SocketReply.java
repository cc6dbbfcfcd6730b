package io.clusterspring.channel.protocol;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The answer to a client's message: Phoenix's {@code Phoenix.Socket.Reply}.
 *
 * @param joinRef the reference of the join that the reply belongs to, or JSON's
 * {@code null}
 * @param ref the reference of the answered message, or JSON's {@code null}
 * @param topic the topic
 * @param status {@code ok}, {@code error}, or a status of the application's own
 * @param response the response
 */
public record SocketReply(JsonNode joinRef, JsonNode ref, JsonNode topic, Status status, SocketPayload response) {

	/**
	 * The result of the answered message.
	 *
	 * @param text the status as the client gets it
	 */
	public record Status(String text) {

		/** The message was handled. */
		public static final Status OK = new Status("ok");

		/** The message was refused. */
		public static final Status ERROR = new Status("error");

		JsonNode json() {
			return StringNode.valueOf(this.text);
		}

	}

}
