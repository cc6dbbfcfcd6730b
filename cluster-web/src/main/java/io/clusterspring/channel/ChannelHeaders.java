package io.clusterspring.channel;

import java.util.HashMap;
import java.util.Map;

import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.support.DestinationVariableMethodArgumentResolver;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;

/**
 * Message headers that spring-messaging's argument resolvers read: the channel, the
 * topic's variables, the user.
 */
final class ChannelHeaders extends MessageHeaders {

	static final String CHANNEL = "channel";

	ChannelHeaders(Channel channel) {
		super(values(channel), ID_VALUE_NONE, -1L);
	}

	private static Map<String, Object> values(Channel channel) {
		Map<String, Object> values = new HashMap<>();
		values.put(CHANNEL, channel);
		values.put(DestinationVariableMethodArgumentResolver.DESTINATION_TEMPLATE_VARIABLES_HEADER,
				channel.variables());
		if (channel.user() != null) {
			values.put(SimpMessageHeaderAccessor.USER_HEADER, channel.user());
		}
		return values;
	}

}
