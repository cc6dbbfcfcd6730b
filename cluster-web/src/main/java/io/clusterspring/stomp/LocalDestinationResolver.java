package io.clusterspring.stomp;

import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.user.DefaultUserDestinationResolver;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.simp.user.UserDestinationResult;

/**
 * Resolves a user destination to the user's sessions on this node. Each node resolves its
 * own sessions; a message for a session on another node resolves to none.
 */
final class LocalDestinationResolver extends DefaultUserDestinationResolver {

	private final Predicate<String> elsewhere;

	LocalDestinationResolver(DefaultUserDestinationResolver replaced, SimpUserRegistry users,
			Predicate<String> elsewhere) {
		super(users);
		setUserDestinationPrefix(replaced.getDestinationPrefix());
		setRemoveLeadingSlash(replaced.isRemoveLeadingSlash());
		this.elsewhere = elsewhere;
	}

	@Override
	public @Nullable UserDestinationResult resolveDestination(Message<?> message) {
		UserDestinationResult result = super.resolveDestination(message);
		String sessionId = SimpMessageHeaderAccessor.getSessionId(message.getHeaders());
		if (result == null || sessionId == null || !this.elsewhere.test(sessionId)
				|| SimpMessageHeaderAccessor.getMessageType(message.getHeaders()) != SimpMessageType.MESSAGE
				|| !result.getSessionIds().contains(sessionId)) {
			return result;
		}
		return new UserDestinationResult(result.getSourceDestination(), Set.of(), result.getSubscribeDestination(),
				result.getUser(), Set.of());
	}

}
