package io.clusterspring.channel.tap;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.springframework.util.Assert;

import io.clusterspring.inspect.Action;

/**
 * Opens a tap on each node.
 */
record TapsOpen(Taps taps) implements Action {

	@Override
	public String name() {
		return "taps/open";
	}

	@Override
	public Set<String> parameters() {
		return TapRequest.PARAMETERS;
	}

	@Override
	public Map<String, String> complete(Map<String, String> parameters) {
		Assert.isTrue(!parameters.containsKey("tap"), "taps/open chooses the id of the tap");
		Map<String, String> complete = new HashMap<>(parameters);
		complete.put("tap", UUID.randomUUID().toString());
		return complete;
	}

	@Override
	public void check(Map<String, String> parameters) {
		TapRequest.of(parameters);
		this.taps.requireRoom();
	}

	@Override
	public CompletionStage<Map<String, Object>> act(Map<String, String> parameters) {
		TapRequest request = TapRequest.of(parameters);
		this.taps.open(request);
		return CompletableFuture.completedStage(Map.of("tap", request.id()));
	}

}
