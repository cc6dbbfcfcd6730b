package io.clusterspring.autoconfigure;

import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationEventPublisher;

import io.clusterspring.pubsub.TopicGap;
import io.clusterspring.text.LogText;

/**
 * Publishes gaps as events of the application, on the thread of the topic's listener. A
 * listener of these events that throws does no harm to the listener of the topic.
 */
record GapEvents(ApplicationEventPublisher publisher) implements Consumer<TopicGap> {

	private static final Log logger = LogFactory.getLog(GapEvents.class);

	@Override
	public void accept(TopicGap gap) {
		try {
			this.publisher.publishEvent(gap);
		}
		catch (Throwable ex) {
			logger.error("A listener of TopicGap failed on topic '" + LogText.of(gap.topic()) + "'",
					LogText.failure(ex));
		}
	}

}
