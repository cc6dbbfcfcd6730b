package io.clusterspring.channel.longpoll;

import java.util.List;

/**
 * The answer to a request, sent between nodes and to the client.
 *
 * @param status the status in the body of the response, with Phoenix's meaning
 */
record PollAnswer(int status, List<String> messages) {

	static final int OK = 200;

	static final int NO_CONTENT = 204;

	static final int FORBIDDEN = 403;

	static final int TIMEOUT = 408;

	static final int GONE = 410;

	static final int TOO_LARGE = 413;

	static final int UNAVAILABLE = 500;

	PollAnswer {
		messages = List.copyOf(messages);
	}

	static PollAnswer of(int status) {
		return new PollAnswer(status, List.of());
	}

}
