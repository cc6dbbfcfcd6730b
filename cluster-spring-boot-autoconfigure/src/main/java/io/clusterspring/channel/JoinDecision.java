package io.clusterspring.channel;

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

/**
 * Whether what an {@link OnJoin} method returns is a decision. A value that may be meant
 * as a refusal and is none for the channel lets nobody in.
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
	 * Look at the method's return type.
	 * @param method the method
	 * @param controller its controller
	 * @return the decisions that it can make
	 * @throws IllegalStateException if it can make none
	 */
	static JoinDecision of(Method method, Class<?> controller) {
		ResolvableType declared = ResolvableType.forMethodReturnType(method, controller);
		Class<?> type = declared.resolve(Object.class);
		Class<?> later = declared.as(CompletionStage.class).getGeneric().resolve(Object.class);
		Assert.state(!isUndecided(type) && !isUndecided(later),
				() -> "The @OnJoin method " + controller.getName() + "." + method.getName() + " returns "
						+ method.getGenericReturnType().getTypeName()
						+ ", which neither lets in nor refuses: return a Reply (Reply.ok() or Reply.refuse(...)) or a "
						+ "CompletionStage<Reply>, or return nothing and throw to refuse");
		return new JoinDecision(controller, type, later);
	}

	/**
	 * Return the decision that a value is.
	 * @param value what the method has returned
	 * @return the reply
	 * @throws IllegalStateException if the value decides nothing
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
				() -> "The @OnJoin method of " + this.controller.getName() + " has not decided: it has returned "
						+ ((value != null) ? "a " + value.getClass().getName() : "null") + " as its reply");
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
