package io.clusterspring.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelCall;
import io.clusterspring.channel.ChannelCallInterceptor;
import io.clusterspring.channel.Reply;

/**
 * Runs handlers with the security context of their client, and answers a denied access
 * with reason {@code unauthorized}, even if a later reply brings the denial. A denied
 * join is refused, a denied refresh ends the channel, a denied event has no effect, and a
 * denied broadcast is dropped for that client. As in Spring's messaging over WebSocket, a
 * user that is not an {@link Authentication} is anonymous.
 */
@Order(0)
record SecurityContextInterceptor(SecurityContextHolderStrategy holder) implements ChannelCallInterceptor {

	private static final Authentication ANONYMOUS = new AnonymousAuthenticationToken("key", "anonymousUser",
			List.of(new SimpleGrantedAuthority("ROLE_ANONYMOUS")));

	private static final Reply UNAUTHORIZED = Reply.refuse("unauthorized");

	@Override
	public @Nullable Object intercept(ChannelCall call) throws Exception {
		SecurityContext context = this.holder.createEmptyContext();
		context.setAuthentication(authentication(call.channel()));
		this.holder.setContext(context);
		try {
			Object result = call.proceed();
			return (result instanceof Reply reply) ? reply.onFailure(SecurityContextInterceptor::denied) : result;
		}
		catch (AccessDeniedException | AuthenticationException ex) {
			return denied(call, ex);
		}
		finally {
			this.holder.clearContext();
		}
	}

	private static Authentication authentication(Channel channel) {
		return (channel.user() instanceof Authentication user) ? user : ANONYMOUS;
	}

	private static @Nullable Reply denied(Throwable failure) {
		return (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) ? UNAUTHORIZED
				: null;
	}

	private static @Nullable Object denied(ChannelCall call, RuntimeException denial) {
		return switch (call.type()) {
			case JOIN, REFRESH, EVENT -> UNAUTHORIZED;
			case BROADCAST -> null;
			case MESSAGE, LEAVE -> throw denial;
		};
	}

}
