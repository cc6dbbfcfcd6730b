package io.clusterspring.stomp;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * Answers the {@code receipt} header of a client's frame with a RECEIPT frame. STOMP
 * requires this, but Spring's simple broker does not do it. The answer is sent after all
 * handlers of the channel have handled the frame without an exception. A confirmed
 * subscription is active, and no other node leaves this one out. A confirmed message was
 * passed to the broker and sent to the other nodes. Spring itself answers the receipt of
 * DISCONNECT.
 */
public final class ReceiptInterceptor implements ExecutorChannelInterceptor {

	private static final String PENDING_HEADER = "clusterPendingReceipt";

	private static final byte[] NOTHING = {};

	private static final Set<StompCommand> ANSWERED = Set.of(StompCommand.SEND, StompCommand.SUBSCRIBE,
			StompCommand.UNSUBSCRIBE, StompCommand.ACK, StompCommand.NACK, StompCommand.BEGIN, StompCommand.COMMIT,
			StompCommand.ABORT);

	private final MessageChannel toClients;

	private final StompRouting routing;

	private final Executor executor;

	private ReceiptInterceptor(MessageChannel toClients, StompRouting routing, Executor executor) {
		this.toClients = toClients;
		this.routing = routing;
		this.executor = executor;
	}

	/**
	 * Answer the frames of a channel.
	 * @param routing knows when a subscription is in force
	 * @param executor sends the answers that have to wait for other nodes
	 */
	public static void install(AbstractSubscribableChannel fromClients, MessageChannel toClients, StompRouting routing,
			Executor executor) {
		// Spring's last interceptor makes messages immutable
		fromClients.addInterceptor(0, new ReceiptInterceptor(toClients, routing, executor));
	}

	@Override
	public Message<?> preSend(Message<?> message, MessageChannel channel) {
		StompHeaderAccessor accessor = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
		if (accessor != null && accessor.isMutable() && accessor.getReceipt() != null && accessor.getCommand() != null
				&& ANSWERED.contains(accessor.getCommand())
				&& channel instanceof AbstractSubscribableChannel subscribable) {
			accessor.setHeader(PENDING_HEADER, new AtomicInteger(subscribable.getSubscribers().size()));
		}
		return message;
	}

	@Override
	public void afterMessageHandled(Message<?> message, MessageChannel channel, MessageHandler handler,
			@Nullable Exception ex) {
		if (ex == null && message.getHeaders().get(PENDING_HEADER) instanceof AtomicInteger pending
				&& pending.decrementAndGet() == 0) {
			confirmInForce(message);
		}
	}

	private void confirmInForce(Message<?> message) {
		CompletionStage<@Nullable Void> known = (SimpMessageHeaderAccessor
			.getMessageType(message.getHeaders()) == SimpMessageType.SUBSCRIBE) ? this.routing.known(message) : null;
		if (known == null || known.toCompletableFuture().isDone()) {
			confirm(message);
		}
		else {
			known.thenRunAsync(() -> confirm(message), this.executor);
		}
	}

	private void confirm(Message<?> message) {
		StompHeaderAccessor frame = StompHeaderAccessor.wrap(message);
		StompHeaderAccessor receipt = StompHeaderAccessor.create(StompCommand.RECEIPT);
		receipt.setReceiptId(frame.getReceipt());
		receipt.setSessionId(frame.getSessionId());
		this.toClients.send(MessageBuilder.createMessage(NOTHING, receipt.getMessageHeaders()));
	}

}
