package io.clusterspring.channel.longpoll;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.clusterspring.Node;
import io.clusterspring.channel.socket.AcceptedSocket;
import io.clusterspring.channel.socket.SocketConnection;
import io.clusterspring.mailbox.CountedWarning;

/**
 * The sessions of a node, limited in number. Thread-safe.
 */
final class LongPollSessions {

	private static final Log logger = LogFactory.getLog(LongPollSessions.class);

	private final LongPollSettings settings;

	private final Executor executor;

	private final ConcurrentMap<String, LongPollSession> sessions = new ConcurrentHashMap<>();

	private final CountedWarning refused = new CountedWarning(logger);

	LongPollSessions(LongPollSettings settings, Executor executor) {
		this.settings = settings;
		this.executor = executor;
	}

	/**
	 * Open a session, unless there are too many.
	 * @param accepted the client
	 * @return the token for the client, or {@code null} if there are too many sessions
	 */
	@Nullable LongPollToken open(Node node, AcceptedSocket accepted) {
		if (this.sessions.size() >= this.settings.maxSessions()) {
			this.refused
				.add((count) -> "Refused a long polling client, because there are " + this.settings.maxSessions()
						+ " sessions (cluster.channels.long-poll.max-sessions), " + count + " refused so far");
			return null;
		}
		LongPollToken token = LongPollToken.create(node);
		LongPollSession session = new LongPollSession(this.settings, this.executor);
		this.sessions.put(token.session(), session);
		session.open(accepted);
		return token;
	}

	@Nullable LongPollSession find(String session) {
		return this.sessions.get(session);
	}

	void tick() {
		this.sessions.values().removeIf(LongPollSession::tick);
	}

	/** End all sessions, because the node stops. */
	void closeAll() {
		this.sessions.values().forEach((session) -> session.close(SocketConnection.SERVICE_RESTART));
	}

	int size() {
		return this.sessions.size();
	}

	long refused() {
		return this.refused.count();
	}

}
