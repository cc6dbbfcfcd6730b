package io.clusterspring.channel.controller;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.support.DestinationVariableMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.support.GenericMessage;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelHandler;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.EventPatterns;
import io.clusterspring.channel.InvalidPayloadException;
import io.clusterspring.channel.LeaveReason;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.OnLeave;
import io.clusterspring.channel.OnMessage;
import io.clusterspring.channel.Reply;
import io.clusterspring.channel.UnexpectedMessageException;
import io.clusterspring.pubsub.TopicMessage;
import io.clusterspring.text.LogText;

/**
 * Calls the methods of a {@link ChannelController}.
 */
final class AnnotatedChannelHandler implements ChannelHandler {

	/** The name of the message header that holds the channel. */
	static final String CHANNEL = "channel";

	/** The name of the message header that holds the name of the event. */
	static final String EVENT = "event";

	/** The name of the message header that holds the reason of the end. */
	static final String REASON = "reason";

	private static final Log logger = LogFactory.getLog(AnnotatedChannelHandler.class);

	private final HandlerMethodArgumentResolverComposite resolvers;

	private final Object bean;

	private final Class<?> type;

	private final @Nullable InvocableHandlerMethod join;

	private final @Nullable JoinDecision decision;

	private final @Nullable InvocableHandlerMethod message;

	private final @Nullable InvocableHandlerMethod leave;

	private final @Nullable InvocableHandlerMethod refresh;

	private final Set<String> names = new HashSet<>();

	private final EventPatterns<InvocableHandlerMethod> events;

	private final EventPatterns<InvocableHandlerMethod> broadcasts;

	AnnotatedChannelHandler(Object bean, Class<?> type, HandlerMethodArgumentResolverComposite resolvers) {
		this.resolvers = resolvers;
		this.bean = bean;
		this.type = type;
		ControllerMethods methods = new ControllerMethods(type);
		this.join = invocable(methods.single(OnJoin.class));
		this.decision = (this.join != null) ? JoinDecision.of(this.join.getMethod(), type) : null;
		this.message = invocable(methods.single(OnMessage.class));
		this.leave = invocable(methods.single(OnLeave.class));
		this.refresh = invocable(methods.refresh());
		this.events = byName(methods.events());
		this.broadcasts = byName(methods.broadcasts());
	}

	@Override
	public Reply onJoin(Channel channel, ChannelPayload payload) throws Exception {
		if (this.join == null || this.decision == null) {
			return Reply.ok();
		}
		return this.decision.decide(invokeForClient(this.join, channel, null, payload));
	}

	@Override
	public Reply onEvent(Channel channel, String event, ChannelPayload payload) throws Exception {
		InvocableHandlerMethod method = this.events.find(event);
		if (method == null) {
			throw new UnexpectedMessageException(this.type.getSimpleName() + " has no method for it");
		}
		return reply(method, invokeForClient(method, channel, event, payload));
	}

	@Override
	public Set<String> events() {
		return this.names;
	}

	@Override
	public void onLeave(Channel channel, LeaveReason reason) throws Exception {
		if (this.leave != null) {
			invoke(this.leave, new Headers(channel, Map.of(REASON, reason)), channel);
		}
	}

	@Override
	public Reply onRefresh(Channel channel) throws Exception {
		if (this.refresh == null) {
			return Reply.none();
		}
		Object decision = invoke(this.refresh, new Headers(channel, Map.of()), channel);
		boolean none = decision == null && this.refresh.getMethod().getReturnType() == void.class;
		return none ? Reply.none() : (Reply) Objects.requireNonNull(decision,
				() -> "The @OnRefresh method of " + this.type.getName() + " returned null instead of a Reply");
	}

	@Override
	public boolean intercepts(String event) {
		return this.broadcasts.find(event) != null;
	}

	@Override
	public @Nullable Object onBroadcast(Channel channel, String event, ChannelPayload payload) throws Exception {
		InvocableHandlerMethod method = this.broadcasts.find(event);
		return (method != null) ? invoke(method, new Headers(channel, Map.of(EVENT, event)), payload) : payload;
	}

	@Override
	public boolean hearsMessages() {
		return this.message != null;
	}

	@Override
	public void onMessage(Channel channel, TopicMessage message) throws Exception {
		if (this.message != null) {
			invoke(this.message, new Headers(channel, Map.of()), message);
		}
	}

	private @Nullable Object invokeForClient(InvocableHandlerMethod method, Channel channel, @Nullable String event,
			ChannelPayload payload) throws Exception {
		try {
			return invoke(method, new Headers(channel, (event != null) ? Map.of(EVENT, event) : Map.of()), payload);
		}
		catch (MethodArgumentNotValidException ex) {
			throw invalid(method, channel, PayloadErrors.of(ex.getBindingResult()), ex);
		}
		catch (MessageConversionException ex) {
			throw invalid(method, channel, PayloadErrors.of(ex), ex);
		}
	}

	private static InvalidPayloadException invalid(InvocableHandlerMethod method, Channel channel,
			Map<String, String> errors, Exception failure) {
		if (logger.isDebugEnabled()) {
			Throwable reason = NestedExceptionUtils.getMostSpecificCause(failure);
			logger.debug(LogText
				.line(HandlerMethods.name(method.getMethod()) + " was not called for a message on " + channel.topic()
						+ ", because its payload is invalid: " + errors + " (" + reason.getMessage() + ")"));
		}
		return new InvalidPayloadException(errors, failure);
	}

	private static @Nullable Object invoke(InvocableHandlerMethod method, Headers headers, Object payload)
			throws Exception {
		return method.invoke(new GenericMessage<>(payload, headers));
	}

	private static Reply reply(InvocableHandlerMethod method, @Nullable Object value) {
		if (value instanceof Reply reply) {
			return reply;
		}
		if (value instanceof CompletionStage<?> stage) {
			return Reply.later(stage);
		}
		Class<?> type = method.getMethod().getReturnType();
		return (type == void.class || Reply.class.isAssignableFrom(type)) ? Reply.none() : Reply.ok(value);
	}

	private EventPatterns<InvocableHandlerMethod> byName(Map<String, Method> methods) {
		Map<String, InvocableHandlerMethod> result = new HashMap<>();
		methods.forEach((name, method) -> result.put(name, callable(method)));
		this.names.addAll(result.keySet());
		return EventPatterns.of(result);
	}

	private @Nullable InvocableHandlerMethod invocable(@Nullable Method method) {
		return (method != null) ? callable(method) : null;
	}

	private InvocableHandlerMethod callable(Method method) {
		InvocableHandlerMethod invocable = new InvocableHandlerMethod(this.bean,
				AopUtils.selectInvocableMethod(method, this.bean.getClass()));
		invocable.setMessageMethodArgumentResolvers(this.resolvers);
		return invocable;
	}

	@Override
	public String toString() {
		return this.type.getName();
	}

	/**
	 * Message headers that the argument resolvers read: the channel, the topic's
	 * variables, the user, and what the kind of call has in addition.
	 */
	private static final class Headers extends MessageHeaders {

		Headers(Channel channel, Map<String, Object> more) {
			super(values(channel, more), ID_VALUE_NONE, -1L);
		}

		private static Map<String, Object> values(Channel channel, Map<String, Object> more) {
			Map<String, Object> values = new HashMap<>(more);
			values.put(CHANNEL, channel);
			values.put(DestinationVariableMethodArgumentResolver.DESTINATION_TEMPLATE_VARIABLES_HEADER,
					channel.variables());
			if (channel.user() != null) {
				values.put(SimpMessageHeaderAccessor.USER_HEADER, channel.user());
			}
			return values;
		}

	}

}
