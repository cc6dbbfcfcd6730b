package io.clusterspring.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.Assert;

import io.clusterspring.Node;
import io.clusterspring.inspect.Action;
import io.clusterspring.inspect.Inspection;
import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Result;
import io.clusterspring.inspect.TooManyQuestionsException;
import io.clusterspring.text.LogText;
import io.clusterspring.text.Utf8;

/**
 * Does what operators ask for, logs it, and says which nodes have done it.
 */
final class ClusterActions {

	/** The names of all parameters. */
	static final List<String> PARAMETERS = List.of("id", "user", "session", "topic", "event", "payload", "application",
			"node", "socket", "seconds", "payloads", "tap");

	private static final Log logger = LogFactory.getLog(ClusterActions.class);

	private static final String REASON = "reason";

	/** The status when the only node that has to act has not. */
	private static final int SILENT = 504;

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	/** The longest parameter, without the payload. */
	private static final int LONGEST = 4096;

	private final @Nullable Inspection inspection;

	private final Map<String, DirectAction> direct = new TreeMap<>();

	ClusterActions(@Nullable Inspection inspection, List<DirectAction> direct) {
		this.inspection = inspection;
		direct.forEach((action) -> this.direct.put(action.name(), action));
	}

	/**
	 * Act. The caller waits for the nodes, 2 s at most.
	 * @param name the name of the action
	 * @param parameters the parameters that are given
	 * @param operator the name of the operator, {@code null} if it is not known
	 * @return what was done, or the reason why nothing was; status 504 if the only node
	 * that has to act is silent
	 */
	WebEndpointResponse<Map<String, @Nullable Object>> act(String name, Map<String, String> parameters,
			@Nullable String operator) {
		String asked = show(name, parameters) + ", asked for by "
				+ ((operator != null) ? "'" + LogText.of(operator) + "'" : "an operator without a name");
		logger.info("Begins " + asked);
		try {
			Map<String, @Nullable Object> done = act(name, parameters);
			if (done == null) {
				return refused(asked, WebEndpointResponse.STATUS_NOT_FOUND,
						"There is no action of this name on this node");
			}
			Object reason = done.get(REASON);
			logger.info(((reason != null) ? "Not done: " : "Done: ") + asked + ": " + done);
			return new WebEndpointResponse<>(done, (reason != null) ? SILENT : WebEndpointResponse.STATUS_OK);
		}
		catch (TooManyQuestionsException ex) {
			return refused(asked, WebEndpointResponse.STATUS_TOO_MANY_REQUESTS, ex.getMessage());
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			return refused(asked, WebEndpointResponse.STATUS_BAD_REQUEST, ex.getMessage());
		}
	}

	private static WebEndpointResponse<Map<String, @Nullable Object>> refused(String asked, int status,
			@Nullable String reason) {
		logger.info("Refused: " + asked + ": " + LogText.line(reason));
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put(REASON, reason);
		return new WebEndpointResponse<>(body, status);
	}

	private static String show(String name, Map<String, String> parameters) {
		Map<String, String> shown = new LinkedHashMap<>();
		parameters.forEach((parameter, value) -> shown.put(parameter,
				parameter.equals("payload") ? value.length() + " characters" : LogText.of(value)));
		return LogText.of(name) + " " + shown;
	}

	private @Nullable Map<String, @Nullable Object> act(String name, Map<String, String> parameters) {
		DirectAction known = this.direct.get(name);
		if (known != null) {
			check(name, known.parameters(), parameters);
			known.parameters()
				.stream()
				.sorted()
				.forEach((each) -> Assert.hasLength(parameters.get(each), () -> each + " must be given"));
			return new LinkedHashMap<>(known.act(parameters));
		}
		Inspection nodes = this.inspection;
		Action action = (nodes != null) ? nodes.action(name) : null;
		return (nodes != null && action != null) ? act(nodes, action, parameters) : null;
	}

	private static Map<String, @Nullable Object> act(Inspection nodes, Action action, Map<String, String> parameters) {
		check(action.name(), action.parameters(), parameters);
		long asked = System.nanoTime();
		Result result = nodes.act(action, parameters, TIMEOUT).join();
		action.conclude(parameters, asked);
		Map<String, @Nullable Object> done = new LinkedHashMap<>();
		result.items()
			.stream()
			.map(Item::fields)
			.forEach((fields) -> fields.forEach((field, value) -> add(done, field, value)));
		done.put("answered", result.answered().stream().map(Node::toString).toList());
		done.put("silent", result.silent().stream().map(ClusterSections::describe).toList());
		if (action.parameters().contains(Action.NODE) && result.answered().isEmpty()) {
			result.silent().forEach((silent) -> done.put(REASON, silent.node() + " has not acted: " + silent.reason()));
		}
		return done;
	}

	private static void add(Map<String, @Nullable Object> done, String field, @Nullable Object value) {
		if (value instanceof Long more && done.get(field) instanceof Long before) {
			done.put(field, before + more);
		}
		else {
			done.put(field, value);
		}
	}

	private static void check(String action, Set<String> known, Map<String, String> parameters) {
		List<String> names = known.stream().sorted().toList();
		parameters.forEach((name, value) -> {
			Assert.isTrue(names.contains(name),
					() -> "'" + LogText.of(name) + "' does not apply to " + action + "; these do: " + names);
			Utf8.requireWellFormed(name, value);
			Assert.isTrue(name.equals("payload") || value.length() <= LONGEST,
					() -> name + " has more than " + LONGEST + " characters");
		});
	}

}
