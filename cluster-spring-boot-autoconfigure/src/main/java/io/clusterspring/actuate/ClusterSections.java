package io.clusterspring.actuate;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.convert.DurationStyle;

import io.clusterspring.Node;
import io.clusterspring.inspect.Inspection;
import io.clusterspring.inspect.Item;
import io.clusterspring.inspect.Question;
import io.clusterspring.inspect.Result;
import io.clusterspring.inspect.TooManyQuestionsException;
import io.clusterspring.text.Utf8;

/**
 * The sections of all nodes that the endpoint shows, a page at a time.
 */
final class ClusterSections {

	private static final int DEFAULT_PAGE = 100;

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

	private final Inspection inspection;

	ClusterSections(Inspection inspection) {
		this.inspection = inspection;
	}

	/**
	 * Answer a request. The caller waits for the nodes, until the time-out at most.
	 * @param section the name of the section
	 * @param paging the parameters that all sections have
	 * @param filters the other parameters of the request
	 * @return the page, or the reason why there is none
	 */
	WebEndpointResponse<Map<String, @Nullable Object>> read(String section, Paging paging,
			Map<String, String> filters) {
		if (this.inspection.section(section) == null) {
			return refusal(WebEndpointResponse.STATUS_NOT_FOUND, "There is no section of this name on this node");
		}
		try {
			Question question = new Question(section, paging.key(), paging.items(), filters);
			return new WebEndpointResponse<>(describe(ask(question, paging).join()));
		}
		catch (TooManyQuestionsException ex) {
			return refusal(WebEndpointResponse.STATUS_TOO_MANY_REQUESTS, String.valueOf(ex.getMessage()));
		}
		catch (IllegalArgumentException ex) {
			return refusal(WebEndpointResponse.STATUS_BAD_REQUEST, String.valueOf(ex.getMessage()));
		}
	}

	private CompletableFuture<Result> ask(Question question, Paging paging) {
		String node = paging.node;
		return (node != null) ? this.inspection.ask(question, Node.of(node), paging.time())
				: this.inspection.ask(question, paging.time());
	}

	private static WebEndpointResponse<Map<String, @Nullable Object>> refusal(int status, String reason) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("reason", reason);
		return new WebEndpointResponse<>(body, status);
	}

	private static Map<String, @Nullable Object> describe(Result result) {
		Map<String, @Nullable Object> page = new LinkedHashMap<>();
		page.put("items", result.items().stream().map(Item::fields).toList());
		page.put("next", (result.next() != null) ? Paging.cursor(result.next()) : null);
		page.put("answered", result.answered().stream().map(Node::toString).toList());
		page.put("silent", result.silent().stream().map(ClusterSections::describe).toList());
		return page;
	}

	static Map<String, String> describe(Result.Silent silent) {
		Map<String, String> node = new LinkedHashMap<>();
		node.put("node", silent.node().toString());
		node.put("reason", silent.reason());
		return node;
	}

	/** Collects the parameters that a request has. */
	static Map<String, String> filters(List<String> names, @Nullable String... values) {
		Map<String, String> filters = new LinkedHashMap<>();
		for (int i = 0; i < values.length; i++) {
			String value = values[i];
			if (value != null) {
				filters.put(names.get(i), value);
			}
		}
		return filters;
	}

	/**
	 * The parameters that all sections have, as they are in the request.
	 *
	 * @param limit how many items
	 * @param after the {@code next} of the page before
	 * @param node the only node to ask
	 * @param timeout how long to wait for nodes
	 */
	record Paging(@Nullable String limit, @Nullable String after, @Nullable String node, @Nullable String timeout) {

		int items() {
			try {
				return (this.limit != null) ? Integer.parseInt(this.limit) : DEFAULT_PAGE;
			}
			catch (NumberFormatException ex) {
				throw new IllegalArgumentException("limit must be a number from 1 to " + Question.LARGEST, ex);
			}
		}

		Duration time() {
			try {
				return (this.timeout != null) ? DurationStyle.detectAndParse(this.timeout) : DEFAULT_TIMEOUT;
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("timeout must be a duration such as 500ms or 2s", ex);
			}
		}

		String key() {
			if (this.after == null) {
				return "";
			}
			try {
				byte[] bytes = Base64.getUrlDecoder().decode(this.after);
				return Utf8.decode(ByteBuffer.wrap(bytes), bytes.length);
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("after must be the next of a page", ex);
			}
		}

		static String cursor(String key) {
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Utf8.encode("Key", key));
		}

	}

}
