package io.clusterspring.channel.controller;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

import io.clusterspring.channel.ChannelMappingException;
import io.clusterspring.channel.ImmediateReply;
import io.clusterspring.channel.LaterReply;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.Reply;

/**
 * Converts the result of an {@link OnJoin} method to the decision about the join. A value
 * that could be meant as a refusal, but is not a {@link Reply}, is an error and lets no
 * client in.
 */
final class JoinDecision {

	private final Class<?> controller;

	private final Class<?> type;

	private final Class<?> later;

	private JoinDecision(Class<?> controller, Class<?> type, Class<?> later) {
		this.controller = controller;
		this.type = type;
		this.later = later;
	}

	/**
	 * Check the return type of a method.
	 * @return the converter of its results
	 * @throws ChannelMappingException if the return type cannot be a decision
	 */
	static JoinDecision of(Method method, Class<?> controller) {
		ResolvableType declared = ResolvableType.forMethodReturnType(method, controller);
		Class<?> type = declared.resolve(Object.class);
		Class<?> later = declared.as(CompletionStage.class).getGeneric().resolve(Object.class);
		if (isUndecided(type) || isUndecided(later)) {
			throw new ChannelMappingException(
					"The @OnJoin method " + controller.getName() + "." + method.getName() + " returns "
							+ method.getGenericReturnType().getTypeName() + ", which is no decision about the join",
					"Return a Reply (Reply.ok() or Reply.refuse(...)) or a CompletionStage<Reply>, or return void and "
							+ "throw an exception to refuse.");
		}
		return new JoinDecision(controller, type, later);
	}

	/**
	 * Convert a result to a decision.
	 * @param value the result of the method
	 * @throws IllegalStateException if the value is not a decision
	 */
	Reply decide(@Nullable Object value) {
		return decide(value, this.type);
	}

	private Reply decide(@Nullable Object value, Class<?> type) {
		if (value instanceof CompletionStage<?> stage) {
			return decide(new LaterReply(stage), type);
		}
		if (value instanceof LaterReply reply) {
			return reply.map((late) -> decide(late, this.later));
		}
		if (value instanceof Reply reply) {
			return reply;
		}
		if (type == void.class) {
			return Reply.none();
		}
		Assert.state((value != null) ? !isUndecided(value.getClass()) : !isDecision(type),
				() -> "The @OnJoin method of " + this.controller.getName() + " has not decided the join: it returned "
						+ ((value != null) ? "a " + value.getClass().getName() : "null") + " instead of a Reply");
		return Reply.ok(value);
	}

	private static boolean isDecision(Class<?> type) {
		return type.isAssignableFrom(ImmediateReply.class) || Reply.class.isAssignableFrom(type)
				|| CompletionStage.class.isAssignableFrom(type);
	}

	private static boolean isUndecided(Class<?> type) {
		if (type == Object.class || CompletionStage.class.isAssignableFrom(type)) {
			return false;
		}
		return ClassUtils.resolvePrimitiveIfNecessary(type) == Boolean.class || type == Optional.class
				|| Callable.class.isAssignableFrom(type) || Future.class.isAssignableFrom(type)
				|| Flow.Publisher.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

}
