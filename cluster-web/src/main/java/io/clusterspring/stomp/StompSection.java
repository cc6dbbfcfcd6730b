package io.clusterspring.stomp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Moments;
import io.clusterspring.inspect.Page;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.Section;
import io.clusterspring.inspect.Smallest;
import io.clusterspring.text.LogText;

/**
 * The section {@code stomp}: the sessions of Spring's broker, in the order of their ids.
 */
public final class StompSection implements Section {

	/** How many destinations of a session are shown. */
	private static final int DESTINATIONS = 20;

	private final String self;

	private final StompSessions sessions;

	private final ClusterUsers users;

	private final StompRouting routing;

	/**
	 * Create the section.
	 * @param self the name of this node
	 * @param sessions its sessions
	 * @param users know whose sessions they are
	 * @param routing knows what sessions without a user have subscribed to
	 */
	public StompSection(String self, StompSessions sessions, ClusterUsers users, StompRouting routing) {
		this.self = self;
		this.sessions = sessions;
		this.users = users;
		this.routing = routing;
	}

	@Override
	public String name() {
		return "stomp";
	}

	@Override
	public Set<String> filters() {
		return Set.of("user", "session", "destination");
	}

	@Override
	public CompletionStage<Page> answer(Question question) {
		String session = question.filter("session");
		String user = question.filter("user");
		String destination = question.filter("destination");
		Smallest<DrainableSession> smallest = new Smallest<>(question);
		this.sessions.forEachSession((open) -> {
			if ((session == null || session.equals(open.id()))
					&& (user == null || user.equals(this.users.userOf(open.id())))
					&& (destination == null || destinations(open.id()).contains(destination))) {
				smallest.offer(open.id(), open);
			}
		});
		return CompletableFuture.completedStage(smallest.page(this::item));
	}

	private List<String> destinations(String session) {
		String user = this.users.userOf(session);
		return (user != null) ? this.users.destinations(user, session) : this.routing.destinations(session);
	}

	private Item item(String id, DrainableSession session) {
		String user = this.users.userOf(id);
		List<String> destinations = destinations(id);
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("session", LogText.of(id));
		fields.put("node", this.self);
		fields.put("user", (user != null) ? LogText.of(user) : null);
		fields.put("since", Moments.show(session.since()));
		fields.put("transport", session.transport());
		fields.put("destinations", destinations.stream().sorted().limit(DESTINATIONS).map(LogText::of).toList());
		fields.put("destinationCount", destinations.size());
		fields.put("pendingMessages", session.pendingMessages());
		return new Item(id, fields);
	}

}
