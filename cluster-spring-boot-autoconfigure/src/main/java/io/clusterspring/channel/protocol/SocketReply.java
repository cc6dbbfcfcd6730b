package io.clusterspring.channel.protocol;

import tools.jackson.databind.JsonNode;

/**
 * The answer to a client's message: Phoenix's {@code Phoenix.Socket.Reply}.
 *
 * @param joinRef the reference of the join this belongs to, or JSON's {@code null}
 * @param ref the reference of the message it answers, or JSON's {@code null}
 * @param topic the topic
 * @param status whether the answer is {@code ok} or {@code error}
 * @param response the response
 */
public record SocketReply(JsonNode joinRef, JsonNode ref, JsonNode topic, Status status, SocketPayload response) {

	/**
	 * What a reply says of the message it answers.
	 */
	public enum Status {

		/**
		 * It was done.
		 */
		OK("ok"),

		/**
		 * It was refused.
		 */
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
