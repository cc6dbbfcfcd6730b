package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.Errors;

import io.clusterspring.PayloadLimit;
import io.clusterspring.channel.socket.ChannelSettings;
import io.clusterspring.jgroups.NodeLimits;
import io.clusterspring.presence.PresenceLimits;

/**
 * Rejects values of properties that are out of range. The error has the name of the
 * property.
 */
record PropertyRules(Errors errors) {

	private static final int LAST_PORT = 65535;

	private static final Pattern ORIGIN = Pattern.compile("[A-Za-z*][A-Za-z0-9+.*-]*://[^/\\s]*/?");

	private static final boolean WEB = ClassUtils.isPresent("io.clusterspring.channel.Channels",
			PropertyRules.class.getClassLoader());

	static void check(ClusterProperties properties, Errors errors) {
		PropertyRules rules = new PropertyRules(errors);
		rules.ports(properties);
		new AddressRules(properties, rules::reject).check();
		rules.atLeast("sync-nodes-minimum", 0, properties.syncNodesMinimum());
		rules.limits(properties);
		rules.payloads(properties);
		rules.secondsToAYear("eviction.retry-interval", properties.eviction().retryInterval());
		rules.atLeast("pubsub.mailbox-capacity", 1, properties.pubsub().mailboxCapacity());
		rules.positive("pubsub.mailbox-size", properties.pubsub().mailboxSize());
		rules.atLeast("pubsub.routing.max-topics", 1, properties.pubsub().routing().maxTopics());
		rules.notNegative("pubsub.routing.linger", properties.pubsub().routing().linger());
		new HistoryRules(properties.history(), Runtime.getRuntime().maxMemory(), rules::reject).check();
		rules.executor(properties.executor());
		rules.drain(properties.channels().drain());
		properties.distributed()
			.forEach((application, distributed) -> rules.distributed(application, distributed, properties.outbox()));
		if (WEB) {
			rules.channels(properties.channels());
			rules.longPoll(properties.channels().longPoll());
			rules.presence(properties.presence());
			rules.http(properties);
		}
		rules.notNegative("stomp.heartbeat", properties.stomp().heartbeat());
		rules.atLeast("stomp.queue-capacity", 1, properties.stomp().queueCapacity());
		rules.atLeast("revocation.capacity", 1, properties.revocation().capacity());
		rules.secondsToAYear("revocation.retention", properties.revocation().retention());
	}

	private void executor(ExecutorProperties executor) {
		atLeastIfGiven("executor.threads", executor.threads());
		atLeastIfGiven("executor.threads-per-socket", executor.threadsPerSocket());
		atLeastIfGiven("executor.threads-per-controller", executor.threadsPerController());
	}

	private void atLeastIfGiven(String property, @Nullable Integer value) {
		if (value != null) {
			atLeast(property, 1, value);
		}
	}

	private void channels(ChannelProperties channels) {
		paths(channels.paths());
		origins(channels.allowedOrigins());
		atLeast("channels.mailbox-capacity", 1, channels.mailboxCapacity());
		sizeOfClients("channels.max-message-size", channels.maxMessageSize());
		sizeOfClients("channels.outbox-capacity", channels.outboxCapacity());
		sizeOfClients("channels.max-join-size", channels.maxJoinSize());
		sizeOfClients("channels.max-pending-size", channels.maxPendingSize());
		secondsToAYear("channels.outbox-timeout", channels.outboxTimeout());
		positive("channels.join-timeout", channels.joinTimeout());
		positive("channels.reply-timeout", channels.replyTimeout());
		secondsToAYear("channels.idle-timeout", channels.idleTimeout());
		notNegative("channels.expiry-notice", channels.expiryNotice());
		atLeast("channels.max-channels", 1, channels.maxChannels());
		atLeast("channels.max-timers", 0, channels.maxTimers());
		atLeastIfGiven("channels.max-sockets", channels.maxSockets());
		atLeast("channels.handshakes-per-second", 0, channels.handshakesPerSecond());
		atLeast("channels.messages-per-second", 0, channels.messagesPerSecond());
		atLeast("channels.channel-messages-per-second", 0, channels.channelMessagesPerSecond());
	}

	private void drain(ChannelProperties.Drain drain) {
		atLeast("channels.drain.batch-size", 1, drain.batchSize());
		notNegative("channels.drain.interval", drain.interval());
		notNegative("channels.drain.timeout", drain.timeout());
	}

	private void distributed(String application, DistributedProperties distributed, ClusterProperties.Outbox outbox) {
		String prefix = "distributed." + application + ".";
		try {
			Duration longest = distributed.placement().longestWait();
			if (longest != null && outbox.timeout().compareTo(longest) > 0) {
				reject("outbox.timeout",
						"must be at most " + longest.toMillis() + " ms with the lease ("
								+ distributed.lease().toMillis() + " ms) and stop-timeout ("
								+ distributed.stopTimeout().toMillis() + " ms) of '" + application
								+ "': otherwise a node that takes no messages could end the lease");
			}
		}
		catch (IllegalArgumentException ex) {
			String[] reason = String.valueOf(ex.getMessage()).split(": ", 2);
			reject(prefix + reason[0], reason[reason.length - 1]);
		}
	}

	private void http(ClusterProperties properties) {
		HttpProperties.Publish publish = properties.http().publish();
		if (!ChannelSettings.isPath(properties.http().path())) {
			reject("http.path", "must be a path such as /cluster/topics, without a slash at the end");
		}
		sizeOfClients("http.publish.max-request-size", publish.maxRequestSize());
		fitsPayload(properties.maxPayloadSize(), "http.publish.max-request-size", publish.maxRequestSize());
		positive("http.publish.request-timeout", publish.requestTimeout());
		atLeast("http.publish.max-batch", 1, publish.maxBatch());
		atLeast("http.publish.max-keys", 1, publish.maxKeys());
		secondsToAYear("http.publish.key-retention", publish.keyRetention());
		HttpProperties.Events events = properties.http().events();
		atLeast("http.events.max-connections", 1, events.maxConnections());
		sizeOfClients("http.events.buffer-capacity", events.bufferCapacity());
		secondsToAYear("http.events.write-timeout", events.writeTimeout());
		secondsToAYear("http.events.heartbeat", events.heartbeat());
		positive("http.events.retry", events.retry());
	}

	private void secondsToAYear(String property, Duration time) {
		if (time.toSeconds() < 1 || time.toDays() > 365) {
			reject(property, "must be from a second to a year");
		}
	}

	private void ports(ClusterProperties properties) {
		port("port", properties.port());
		long last = (long) properties.port() + properties.portRange() - 1;
		if (atLeast("port-range", 1, properties.portRange()) && last > LAST_PORT) {
			reject("port-range", "goes beyond the last port: it begins at port " + properties.port());
		}
		port("discovery.multicast.port", properties.discovery().multicast().port());
		if (!properties.discovery().multicast().group().isMulticastAddress()) {
			reject("discovery.multicast.group", "must be a multicast address, such as 239.255.78.0");
		}
	}

	private void limits(ClusterProperties properties) {
		if (properties.failureDetection().timeout().compareTo(NodeLimits.SHORTEST_DETECTION) < 0) {
			reject("failure-detection.timeout", "must be at least a second");
		}
		long outbox = properties.outbox().capacity().toBytes();
		if (outbox < NodeLimits.SMALLEST_OUTBOX || outbox > NodeLimits.LARGEST_OUTBOX) {
			reject("outbox.capacity", "must be from 128KB to 1GB");
		}
		notNegative("outbox.timeout", properties.outbox().timeout());
	}

	private void payloads(ClusterProperties properties) {
		DataSize most = properties.maxPayloadSize();
		if (most.toBytes() < PayloadLimit.SMALLEST || most.toBytes() > PayloadLimit.LARGEST) {
			reject("max-payload-size", "must be from 1MB to 1GB");
		}
		fitsPayload(most, "presence.page-size", properties.presence().pageSize());
		ChannelProperties channels = properties.channels();
		if (channels.longPoll().enabled()) {
			// the answer to a long poll may be sent through another node
			fitsPayload(most, "channels.long-poll.buffer-capacity", channels.longPoll().bufferCapacity());
		}
	}

	private void fitsPayload(DataSize most, String property, DataSize size) {
		if (size.compareTo(most) > 0) {
			reject(property, "must not be more than cluster.max-payload-size (" + most.toBytes() + " bytes)");
		}
	}

	private void longPoll(ChannelProperties.LongPoll longPoll) {
		atLeast("channels.long-poll.max-sessions", 1, longPoll.maxSessions());
		sizeOfClients("channels.long-poll.buffer-capacity", longPoll.bufferCapacity());
		positive("channels.long-poll.poll-timeout", longPoll.pollTimeout());
		positive("channels.long-poll.session-timeout", longPoll.sessionTimeout());
	}

	private void notNegative(String property, Duration time) {
		if (time.isNegative()) {
			reject(property, "must not be negative");
		}
	}

	private void positive(String property, Duration time) {
		if (time.toMillis() < 1) {
			reject(property, "must be at least a millisecond");
		}
	}

	private void paths(Set<String> paths) {
		if (paths.isEmpty() || !paths.stream().allMatch(ChannelSettings::isPath)) {
			reject("channels.paths", "must be paths such as /socket, without a slash at the end");
		}
	}

	private void origins(List<String> origins) {
		for (String origin : origins) {
			if (!origin.equals("*") && !ORIGIN.matcher(origin).matches()) {
				reject("channels.allowed-origins",
						"has '" + origin + "', which is not an origin: use a scheme, a host and, if needed, a port, "
								+ "such as https://app.example or https://*.app.example; use * for pages without an "
								+ "origin");
			}
		}
	}

	private void presence(PresenceProperties presence) {
		if (presence.heartbeatInterval().compareTo(PresenceLimits.SHORTEST_HEARTBEAT) < 0) {
			reject("presence.heartbeat-interval", "must be at least 10ms");
		}
		notNegative("presence.diff-interval", presence.diffInterval());
		notNegative("presence.delta-interval", presence.deltaInterval());
		sizeOfClients("presence.page-size", presence.pageSize());
		atLeast("presence.queue-capacity", 1, presence.queueCapacity());
	}

	private void positive(String property, DataSize size) {
		if (size.toBytes() < 1) {
			reject(property, "must be at least 1B");
		}
	}

	private void sizeOfClients(String property, DataSize size) {
		if (size.toBytes() < 1 || size.toBytes() > Integer.MAX_VALUE) {
			reject(property, "must be from 1B to less than 2GB");
		}
	}

	private void port(String property, int port) {
		if (port < 1 || port > LAST_PORT) {
			reject(property, "must be from 1 to " + LAST_PORT);
		}
	}

	private boolean atLeast(String property, int least, int value) {
		if (value < least) {
			reject(property, "must be at least " + least);
		}
		return value >= least;
	}

	private void reject(String property, String reason) {
		this.errors.rejectValue(property, "range", reason);
	}

}
