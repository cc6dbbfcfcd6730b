package io.clusterspring.samples.chat;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;

import jakarta.validation.Valid;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Payload;

import io.clusterspring.Cluster;
import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelController;
import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.channel.OnEvent;
import io.clusterspring.channel.OnJoin;
import io.clusterspring.channel.OnLeave;
import io.clusterspring.channel.Reply;
import io.clusterspring.presence.Presence;
import io.clusterspring.presence.PresenceEntry;

/**
 * The channel of a room. Members may be on any node, and all receive each message.
 */
@ChannelController("room:{room}")
class RoomChannel {

	private static final Log logger = LogFactory.getLog(RoomChannel.class);

	/**
	 * The largest number of people that a room shows. Each change is sent to all members,
	 * so further members are not tracked.
	 */
	static final int SHOWN = 100;

	private static final String USER = "user";

	private static final String ON_SHOW = "shown";

	private final Cluster cluster;

	private final Presence presence;

	private final Clock clock = Clock.systemUTC();

	RoomChannel(Cluster cluster, Presence presence) {
		this.cluster = cluster;
		this.presence = presence;
	}

	@OnJoin
	Reply join(Channel channel, @DestinationVariable String room, @Valid @Payload JoinRoom request) {
		String user = request.displayName();
		channel.attributes().put(USER, user);
		showIfRoomIsLeft(channel, user);
		return Reply.ok(Map.of("room", room, USER, user, "node", this.cluster.self().toString()));
	}

	private void showIfRoomIsLeft(Channel channel, String user) {
		PresenceEntry namesakes = this.presence.get(channel.topic(), user);
		int shown = Math.max(this.presence.count(channel.topic()), (namesakes != null) ? namesakes.metas().size() : 0);
		if (shown < SHOWN) {
			channel.attributes().put(ON_SHOW, true);
			this.presence.track(channel, user, Person.online(this.cluster.self()));
		}
		else {
			this.presence.show(channel);
		}
	}

	@OnEvent("new_msg")
	Reply say(Channel channel, @Valid @Payload NewMessage message) {
		String objection = message.objection();
		if (objection != null) {
			return Reply.error(Map.of("reason", objection));
		}
		channel.broadcast("new_msg", ChatMessage.of(message, user(channel), this.clock.instant(), this.cluster.self()));
		return Reply.ok();
	}

	@OnEvent("person")
	void tell(Channel channel, @Valid @Payload PersonState state) {
		if (channel.attributes().containsKey(ON_SHOW)) {
			this.presence.update(channel, user(channel), Person.of(state, this.cluster.self()));
		}
	}

	private static String user(Channel channel) {
		return (String) Objects.requireNonNull(channel.attributes().get(USER));
	}

	@OnEvent("echo")
	ChannelPayload echo(ChannelPayload payload) {
		return payload;
	}

	@OnLeave
	void left(Channel channel) {
		logger.debug("A member left " + channel.topic());
	}

}
