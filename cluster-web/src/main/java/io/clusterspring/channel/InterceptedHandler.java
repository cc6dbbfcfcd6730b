package io.clusterspring.channel;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.ChannelCall.Type;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Calls the interceptors, and then the handler that they wrap.
 */
final class InterceptedHandler implements ChannelHandler {

	private final String pattern;

	private final ChannelHandler handler;

	private final Set<String> events;

	private final List<ChannelCallInterceptor> interceptors;

	private InterceptedHandler(String pattern, ChannelHandler handler, List<ChannelCallInterceptor> interceptors) {
		this.pattern = pattern;
		this.handler = handler;
		this.events = Set.copyOf(handler.events());
		this.interceptors = interceptors;
	}

	static ChannelHandler of(String pattern, ChannelHandler handler, List<ChannelCallInterceptor> interceptors) {
		return interceptors.isEmpty() ? handler : new InterceptedHandler(pattern, handler, interceptors);
	}

	@Override
	public Reply onJoin(Channel channel, ChannelPayload payload) throws Exception {
		return reply(call(Type.JOIN, channel, null, () -> this.handler.onJoin(channel, payload)));
	}

	@Override
	public Reply onEvent(Channel channel, String event, ChannelPayload payload) throws Exception {
		return reply(call(Type.EVENT, channel, event, () -> this.handler.onEvent(channel, event, payload)));
	}

	@Override
	public Set<String> events() {
		return this.events;
	}

	@Override
	public void onLeave(Channel channel) throws Exception {
		call(Type.LEAVE, channel, null, () -> {
			this.handler.onLeave(channel);
			return null;
		});
	}

	@Override
	public boolean intercepts(String event) {
		return this.handler.intercepts(event);
	}

	@Override
	public @Nullable Object onBroadcast(Channel channel, String event, ChannelPayload payload) throws Exception {
		return call(Type.BROADCAST, channel, event, () -> this.handler.onBroadcast(channel, event, payload));
	}

	@Override
	public boolean hearsMessages() {
		return this.handler.hearsMessages();
	}

	@Override
	public void onMessage(Channel channel, TopicMessage message) throws Exception {
		call(Type.MESSAGE, channel, null, () -> {
			this.handler.onMessage(channel, message);
			return null;
		});
	}

	private @Nullable Object call(Type type, Channel channel, @Nullable String event,
			Callable<@Nullable Object> handler) throws Exception {
		boolean known = event != null && this.events.contains(event);
		return new ChannelCall(type, channel, this.pattern, event, known, this.interceptors, handler).proceed();
	}

	private static Reply reply(@Nullable Object value) {
		return (Reply) Objects.requireNonNull(value, "A ChannelCallInterceptor returned null instead of the reply");
	}

}
