package io.clusterspring.samples.chat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.messaging.handler.annotation.Payload;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.Reply;
import io.clusterspring.pubsub.PubSub;
import io.clusterspring.pubsub.Subscription;

/**
 * Behaves as {@code @absinthe/socket} expects of Absinthe, with a tiny graph of items. A
 * document is sent on the control topic. The data of a subscription comes on a topic of
 * its own, which the client does not join.
 */
@ChannelController("__absinthe__:control")
class WireGraph {

	private static final String ITEMS = "graph:items";

	private static final Pattern MUTATION = Pattern.compile("mutation \\{ addItem\\(name: \"([^\"]*)\"\\).*");

	private final PubSub pubSub;

	private final List<Item> items = new CopyOnWriteArrayList<>();

	WireGraph(PubSub pubSub) {
		this.pubSub = pubSub;
	}

	@OnEvent("doc")
	Reply run(Channel channel, @Payload Document document) {
		Matcher mutation = MUTATION.matcher(document.query());
		if (mutation.matches()) {
			Item item = new Item(mutation.group(1));
			this.items.add(item);
			this.pubSub.broadcast(ITEMS, item);
			return Reply.ok(Map.of("data", Map.of("addItem", item)));
		}
		if (document.query().startsWith("subscription")) {
			return Reply.ok(Map.of("subscriptionId", subscribe(channel)));
		}
		return Reply.ok(Map.of("data", Map.of("items", List.copyOf(this.items))));
	}

	private String subscribe(Channel channel) {
		String id = "__absinthe__:doc:" + UUID.randomUUID();
		Subscription subscription = this.pubSub.subscribe(ITEMS, Item.class,
				(item) -> channel.pushOn(id, "subscription:data",
						Map.of("subscriptionId", id, "result", Map.of("data", Map.of("itemAdded", item)))));
		channel.attributes().put(id, subscription);
		channel.onEnd(subscription::close);
		return id;
	}

	@OnEvent("unsubscribe")
	Reply unsubscribe(Channel channel, @Payload Unsubscription unsubscription) {
		if (channel.attributes().remove(unsubscription.subscriptionId()) instanceof Subscription subscription) {
			subscription.close();
		}
		return Reply.ok(Map.of("subscriptionId", unsubscription.subscriptionId(), "unsubscribed", true));
	}

	record Item(String name) {
	}

	record Document(String query) {
	}

	record Unsubscription(String subscriptionId) {
	}

}
