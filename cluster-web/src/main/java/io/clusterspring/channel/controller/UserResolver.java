package io.clusterspring.channel.controller;

import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.annotation.support.PrincipalMethodArgumentResolver;

import io.clusterspring.channel.UnexpectedMessageException;

/**
 * Supplies the user of the client. Spring's own resolver would supply {@code null} to a
 * method that wants a user, which then fails somewhere else. A client without a user may
 * come as often as it likes, so the log has one line, without a stack trace.
 */
final class UserResolver implements HandlerMethodArgumentResolver {

	private final PrincipalMethodArgumentResolver types = new PrincipalMethodArgumentResolver();

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return this.types.supportsParameter(parameter);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		Principal user = SimpMessageHeaderAccessor.getUser(message.getHeaders());
		if (parameter.getParameterType() == Optional.class) {
			return Optional.ofNullable(user);
		}
		if (user == null && !parameter.isOptional()) {
			Method method = Objects.requireNonNull(parameter.getMethod());
			throw new UnexpectedMessageException("the client has no user, but " + HandlerMethods.name(method)
					+ " needs one. Authenticate clients, or take Optional<Principal>");
		}
		return user;
	}

}
