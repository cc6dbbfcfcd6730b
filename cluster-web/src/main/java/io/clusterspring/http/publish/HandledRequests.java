package io.clusterspring.http.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The requests that were handled, limited in number and time, and those that this node
 * handles at the moment. Takes the time from its callers. Thread-safe.
 */
final class HandledRequests {

	private final int capacity;

	private final long retention;

	/** The oldest first. */
	private final Map<RequestKey, Known> known = new LinkedHashMap<>();

	private final Map<RequestKey, RequestKey> present = new HashMap<>();

	private long forgotten;

	/**
	 * Create an empty memory.
	 * @param capacity how many requests are remembered
	 * @param retention how long, in nanoseconds
	 */
	HandledRequests(int capacity, long retention) {
		this.capacity = capacity;
		this.retention = retention;
	}

	/**
	 * Begin to handle a request. The caller ends with {@link #handled} or
	 * {@link #abandon} if it is the first one.
	 * @param key its name
	 * @param body the hash of its body
	 */
	synchronized Claim claim(RequestKey key, RequestKey body, long now) {
		forgetOld(now);
		Known handled = this.known.get(key);
		if (handled != null && !isOld(handled.request, now)) {
			return handled.request.body().equals(body) ? new Claim(Claim.Sort.REPEAT, handled.request)
					: new Claim(Claim.Sort.DIFFERENT, null);
		}
		RequestKey other = this.present.putIfAbsent(key, body);
		if (other == null) {
			return new Claim(Claim.Sort.FIRST, null);
		}
		return new Claim(other.equals(body) ? Claim.Sort.PRESENT : Claim.Sort.DIFFERENT, null);
	}

	/** A request was handled by this node. */
	synchronized void handled(Handled request) {
		this.present.remove(request.key());
		add(new Known(request, true));
	}

	/** Nothing was published for a request: it may come again. */
	synchronized void abandon(RequestKey key) {
		this.present.remove(key);
	}

	/** Another node has told of a request. */
	synchronized void heard(Handled request, long now) {
		if (!isOld(request, now) && !this.known.containsKey(request.key())) {
			add(new Known(request, false));
		}
	}

	private void add(Known request) {
		this.known.put(request.request.key(), request);
		Iterator<Known> eldest = this.known.values().iterator();
		while (this.known.size() > this.capacity) {
			eldest.next();
			eldest.remove();
			this.forgotten++;
		}
	}

	private void forgetOld(long now) {
		Iterator<Known> eldest = this.known.values().iterator();
		while (eldest.hasNext() && isOld(eldest.next().request, now)) {
			eldest.remove();
		}
	}

	private boolean isOld(Handled request, long now) {
		return now - request.at() > this.retention;
	}

	/**
	 * Return what is remembered.
	 * @param all whether to return also what other nodes have handled
	 */
	synchronized List<Handled> list(boolean all, long now) {
		forgetOld(now);
		List<Handled> list = new ArrayList<>();
		this.known.values().stream().filter((each) -> all || each.own).forEach((each) -> list.add(each.request));
		return list;
	}

	synchronized int size() {
		return this.known.size();
	}

	synchronized long forgotten() {
		return this.forgotten;
	}

	/**
	 * The answer to a request that begins.
	 *
	 * @param request the request that was handled before, if it is a repeat
	 */
	record Claim(Sort sort, @Nullable Handled request) {

		/** The kinds of answers. */
		enum Sort {

			/** It has to be handled. */
			FIRST,

			/** It was handled before. */
			REPEAT,

			/** The same request is handled at this moment. */
			PRESENT,

			/** The key was used with another body. */
			DIFFERENT

		}

	}

	private record Known(Handled request, boolean own) {
	}

}
