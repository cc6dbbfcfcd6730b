package io.clusterspring.channel.protocol;

import tools.jackson.databind.JsonNode;

/**
 * The answer to a client's message: Phoenix's {@code Phoenix.Socket.Reply}.
 *
 * @param joinRef the reference of the join that the reply belongs to, or JSON's
 * {@code null}
 * @param ref the reference of the answered message, or JSON's {@code null}
 * @param topic the topic
 * @param status whether the answer is {@code ok} or {@code error}
 * @param response the response
 */
public record SocketReply(JsonNode joinRef, JsonNode ref, JsonNode topic, Status status, SocketPayload response) {

	/**
	 * The result of the answered message.
	 */
	public enum Status {

		/** The message was handled. */
		OK("ok"),

		/** The message was refused. */
		ERROR("error");

		private final String text;

		Status(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
