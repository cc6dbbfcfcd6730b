package io.clusterspring.channel.tap;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.clusterspring.inspect.Action;

/**
 * Closes a tap on each node, and forgets what it has seen.
 */
record TapsClose(Taps taps) implements Action {

	@Override
	public String name() {
		return "taps/close";
	}

	@Override
	public Set<String> parameters() {
		return Set.of("tap");
	}

	@Override
	public void check(Map<String, String> parameters) {
		TapRequest.requireId(parameters.get("tap"));
	}

	@Override
	public CompletionStage<Map<String, Object>> act(Map<String, String> parameters) {
		boolean closed = this.taps.close(TapRequest.requireId(parameters.get("tap")));
		return CompletableFuture.completedStage(Map.of("closed", closed ? 1L : 0L));
	}

}
