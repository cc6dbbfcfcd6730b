package io.clusterspring.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of topics.
 *
 * @param mailboxCapacity Maximum number of messages that wait for one listener. Further
 * messages are lost for that listener.
 * @param mailboxSize Maximum size of the messages that wait for one listener, or in one
 * mailbox of the starter itself, and at most a quarter of the heap. Further messages are
 * lost for that listener, but one message can always wait.
 */
record PubSubProperties(@DefaultValue("65536") int mailboxCapacity, @DefaultValue("64MB") DataSize mailboxSize) {

	long mailboxBytes() {
		return Math.min(this.mailboxSize.toBytes(), Runtime.getRuntime().maxMemory() / 4);
	}

}
