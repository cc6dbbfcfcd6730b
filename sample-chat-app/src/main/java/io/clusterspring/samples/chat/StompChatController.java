package io.clusterspring.samples.chat;

import java.security.Principal;
import java.time.Clock;
import java.util.List;

import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.util.Assert;

import io.clusterspring.Cluster;
import io.clusterspring.stomp.UserSessionEvent;

/**
 * The rooms of the STOMP chat, and its users on all nodes.
 */
@Controller
class StompChatController {

	private final SimpMessagingTemplate template;

	private final SimpUserRegistry users;

	private final Cluster cluster;

	private final Clock clock = Clock.systemUTC();

	StompChatController(SimpMessagingTemplate template, SimpUserRegistry users, Cluster cluster) {
		this.template = template;
		this.users = users;
		this.cluster = cluster;
	}

	@MessageMapping("/rooms/{room}")
	@SendTo("/topic/rooms/{room}")
	ChatMessage say(@Payload NewMessage message, Principal user) {
		return signed(message, user);
	}

	@MessageMapping("/whispers/{name}")
	void whisper(@DestinationVariable String name, @Payload NewMessage message, Principal user) {
		this.template.convertAndSendToUser(name, "/queue/whispers", signed(message, user));
	}

	@SubscribeMapping("/online")
	Online online() {
		List<String> names = this.users.getUsers().stream().map(SimpUser::getName).sorted().toList();
		return new Online(this.cluster.self().toString(), names);
	}

	/**
	 * Each node informs its own clients, because each node gets the events of all nodes:
	 * {@code /topic/local} stays on the node.
	 * @param event the event
	 */
	@EventListener
	void on(UserSessionEvent event) {
		this.template.convertAndSend("/topic/local/online", online());
	}

	private ChatMessage signed(NewMessage message, Principal user) {
		String objection = message.objection();
		Assert.isTrue(objection == null, () -> "Not sent: " + objection);
		return ChatMessage.of(message, user.getName(), this.clock.instant(), this.cluster.self());
	}

	/**
	 * The users that are online.
	 *
	 * @param node the node that answers
	 * @param users the names of the users on all nodes
	 */
	record Online(String node, List<String> users) {
	}

}
