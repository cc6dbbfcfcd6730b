package io.clusterspring.stomp;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.support.ExecutorChannelInterceptor;

/**
 * Counts what is on its way to each session in Spring's channel to clients, whose threads
 * overtake each other, and takes the markers out of it. A message leaves when the handler
 * that sends it has returned: Spring's buffer of a session is empty when no thread is in
 * that handler. It must be the channel's first interceptor, because Spring tells an
 * interceptor of the end only what it has told it of before.
 */
final class OutboundFlow implements ExecutorChannelInterceptor {

	private final DrainMarks marks;

	private final Function<String, @Nullable DrainableSession> sessions;

	OutboundFlow(DrainMarks marks, Function<String, @Nullable DrainableSession> sessions) {
		this.marks = marks;
		this.sessions = sessions;
	}

	@Override
	public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
		DrainableSession session = sessionOf(message);
		if (this.marks.isMark(message)) {
			if (session != null && this.marks.isOwn(message)) {
				session.marked();
			}
			return null;
		}
		return (session == null || session.enter()) ? message : null;
	}

	@Override
	public void afterSendCompletion(Message<?> message, MessageChannel channel, boolean sent, @Nullable Exception ex) {
		// a handler on this thread, which has had the message, fails with this exception;
		// if an interceptor does, the message stays counted, and its session is closed
		// when the time of the drain is nearly over
		DrainableSession session = (!sent && !(ex instanceof MessagingException)) ? sessionOf(message) : null;
		if (session != null) {
			session.leave();
		}
	}

	@Override
	public void afterMessageHandled(Message<?> message, MessageChannel channel, MessageHandler handler,
			@Nullable Exception ex) {
		DrainableSession session = sessionOf(message);
		if (session != null && session.isServedBy(handler)) {
			session.leave();
		}
	}

	private @Nullable DrainableSession sessionOf(Message<?> message) {
		String id = SimpMessageHeaderAccessor.getSessionId(message.getHeaders());
		return (id != null) ? this.sessions.apply(id) : null;
	}

}
