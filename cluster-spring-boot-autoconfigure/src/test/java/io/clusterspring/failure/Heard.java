package io.clusterspring.failure;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.clusterspring.Node;

/**
 * Records the numbered messages that a node received, by sender and incarnation.
 */
final class Heard {

	private final Map<Long, Stream> streams = new ConcurrentHashMap<>();

	void add(Node sender, ByteBuffer payload) {
		long incarnation = payload.getLong();
		this.streams.computeIfAbsent(incarnation, (id) -> new Stream(sender.name())).add(payload.getLong());
	}

	void reset() {
		this.streams.values().forEach((stream) -> stream.lastNanos = 0);
		this.streams.values().forEach((stream) -> stream.longestGap = 0);
	}

	String report() {
		return report(this.streams.values());
	}

	private static String report(Collection<Stream> streams) {
		return streams.stream().map(Stream::report).collect(Collectors.joining(" "));
	}

	/**
	 * The messages of one incarnation of a node.
	 */
	private static final class Stream {

		private final String sender;

		private long count;

		private volatile long last = -1;

		private long missing;

		private long repeated;

		private volatile long lastNanos;

		private volatile long longestGap;

		Stream(String sender) {
			this.sender = sender;
		}

		void add(long number) {
			long now = System.nanoTime();
			if (this.lastNanos != 0) {
				this.longestGap = Math.max(this.longestGap, now - this.lastNanos);
			}
			this.lastNanos = now;
			if (this.count > 0 && number <= this.last) {
				this.repeated++;
				return;
			}
			this.missing += (this.count > 0) ? number - this.last - 1 : 0;
			this.count++;
			this.last = number;
		}

		String report() {
			return this.sender + ":" + this.count + ":" + this.last + ":" + this.missing + ":" + this.repeated + ":"
					+ TimeUnit.NANOSECONDS.toMillis(this.longestGap);
		}

	}

}
