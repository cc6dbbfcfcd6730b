package io.clusterspring.samples.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.EventName;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;

/**
 * Behaves as {@code phx-live-state} expects of live_state: each client has a state on the
 * server, which it gets whole and then as JSON patches. Its events have the prefix
 * {@code lvs_evt:}.
 */
@ChannelController("todos:{list}")
class WireTodos {

	private static final String PREFIX = "lvs_evt:";

	@OnJoin
	void join(Channel channel) {
		channel.attributes().put("state", new State());
		refresh(channel);
	}

	@OnEvent("lvs_refresh")
	void refresh(Channel channel) {
		State state = state(channel);
		channel.push("state:change", Map.of("state", Map.of("todos", state.todos), "version", state.version));
	}

	@OnEvent("lvs_evt:add")
	void add(Channel channel, Todo todo) {
		state(channel).todos.add(todo);
		patch(channel, Map.of("op", "add", "path", "/todos/-", "value", todo));
	}

	@OnEvent("lvs_evt:done")
	void done(Channel channel, Index index) {
		state(channel).todos.set(index.index(), new Todo(state(channel).todos.get(index.index()).text(), true));
		patch(channel, Map.of("op", "replace", "path", "/todos/" + index.index() + "/done", "value", true));
	}

	@OnEvent("lvs_evt:tidy")
	void tidy(Channel channel) {
		channel.after(Duration.ofMillis(50), () -> {
			state(channel).todos.removeIf(Todo::done);
			patch(channel, Map.of("op", "replace", "path", "/todos", "value", state(channel).todos));
		});
	}

	@OnEvent("lvs_evt:*")
	void unknown(Channel channel, @EventName String event) {
		channel.push("error", Map.of("type", "unknown event", "message", event.substring(PREFIX.length())));
	}

	private static void patch(Channel channel, Map<String, Object> operation) {
		channel.push("state:patch", Map.of("patch", List.of(operation), "version", ++state(channel).version));
	}

	private static State state(Channel channel) {
		return (State) Objects.requireNonNull(channel.attributes().get("state"));
	}

	record Todo(String text, @Nullable Boolean done) {

		Todo {
			done = Boolean.TRUE.equals(done);
		}

	}

	record Index(int index) {
	}

	/**
	 * The state of one client, used by its channel only.
	 */
	private static final class State {

		private final List<Todo> todos = new ArrayList<>();

		private int version;

	}

}
