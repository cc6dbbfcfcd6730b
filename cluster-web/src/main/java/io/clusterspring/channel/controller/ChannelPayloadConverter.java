package io.clusterspring.channel.controller;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.SmartMessageConverter;

import io.clusterspring.channel.ChannelPayload;
import io.clusterspring.pubsub.TopicMessage;

/**
 * Converts the payload of a channel's or a topic's message to the type of a method's
 * parameter.
 */
final class ChannelPayloadConverter implements SmartMessageConverter {

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass, @Nullable Object conversionHint) {
		Type type = (conversionHint instanceof MethodParameter parameter) ? parameter.getGenericParameterType()
				: targetClass;
		try {
			return (message.getPayload() instanceof TopicMessage topicMessage) ? topicMessage.payload(type)
					: ((ChannelPayload) message.getPayload()).as(type);
		}
		catch (IllegalArgumentException ex) {
			throw new MessageConversionException(message, String.valueOf(ex.getMessage()), ex);
		}
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass) {
		return fromMessage(message, targetClass, null);
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
		return null;
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers,
			@Nullable Object conversionHint) {
		return null;
	}

}
