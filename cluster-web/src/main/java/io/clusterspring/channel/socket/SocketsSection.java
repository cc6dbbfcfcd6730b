package io.clusterspring.channel.socket;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.SocketAuthorizers.Identity;
import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Moments;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.Section;
import io.clusterspring.inspect.Smallest;
import io.clusterspring.text.LogText;

/**
 * The section {@code sockets}, in the order of the ids of connections, which are unique
 * on all nodes.
 */
final class SocketsSection implements Section {

	/** How many topics of a socket are shown. */
	private static final int TOPICS = 20;

	private final String self;

	private final Supplier<Set<ChannelSocket>> sockets;

	SocketsSection(String self, Supplier<Set<ChannelSocket>> sockets) {
		this.self = self;
		this.sockets = sockets;
	}

	@Override
	public String name() {
		return "sockets";
	}

	@Override
	public Set<String> filters() {
		return SocketFilter.NAMES;
	}

	@Override
	public void check(Question question) {
		new SocketFilter(question);
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		SocketFilter filter = new SocketFilter(question);
		Smallest<ChannelSocket> smallest = new Smallest<>(question);
		for (ChannelSocket socket : this.sockets.get()) {
			if (filter.test(socket)) {
				smallest.offer(socket.connection().id(), socket);
			}
		}
		return CompletableFuture.completedStage(smallest.page(this::item));
	}

	private Item item(String id, ChannelSocket socket) {
		Identity identity = socket.identity();
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("id", id);
		fields.put("socketId", text(identity.id()));
		fields.put("node", this.self);
		fields.put("user", text(identity.name()));
		fields.put("transport", socket.peer().transport());
		fields.put("address", socket.peer().address());
		fields.put("since", Moments.show(socket.peer().since()));
		fields.put("lastHeard", Moments.show(socket.connection().heardAt()));
		fields.put("topics", socket.topics().stream().limit(TOPICS).map(LogText::of).toList());
		fields.put("topicCount", socket.channelCount());
		fields.put("pendingBytes", socket.connection().waitingBytes());
		return new Item(id, fields);
	}

	private static @Nullable String text(@Nullable String foreign) {
		return (foreign != null) ? LogText.of(foreign) : null;
	}

}
