package io.clusterspring.stomp;

import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.InterceptableChannel;

/**
 * An interceptor that is there while the bridge runs. It comes after those of the
 * application.
 */
interface RemovableInterceptor extends ChannelInterceptor {

	default void install(MessageChannel channel) {
		if (channel instanceof InterceptableChannel interceptable) {
			interceptable.addInterceptor(this);
		}
	}

	default void remove(MessageChannel channel) {
		if (channel instanceof InterceptableChannel interceptable) {
			interceptable.removeInterceptor(this);
		}
	}

}
