package io.clusterspring.jgroups.engine;

import java.lang.reflect.Field;
import java.util.Collection;

import org.jgroups.logging.Log;
import org.jgroups.stack.Protocol;
import org.springframework.util.ReflectionUtils;

import io.clusterspring.jgroups.EngineFailures;

/**
 * Gives protocols an {@link EngineLog}. JGroups has a setting for that, its factory of
 * logs, but only one for the whole JVM, which cannot be set without a race with channels
 * of others that are made meanwhile.
 *
 * <p>
 * Replaces the logs of the protocols of one channel (not reported yet:
 * docs/upstream.md#one-log-factory-for-the-jvm). This can go once a channel has a factory
 * of logs of its own, or a listener for what was caught.
 */
final class EngineLogs {

	private static final Field LOG = log();

	private EngineLogs() {
	}

	/**
	 * Replace the logs of protocols. The parts of a protocol take its log when it is
	 * initialized, so this is best done before.
	 * @param failures keeps the Errors that the protocols log
	 * @param protocols the protocols; those that have such a log keep it
	 */
	static void install(EngineFailures failures, Collection<Protocol> protocols) {
		for (Protocol protocol : protocols) {
			Log present = protocol.getLog();
			if (!(present instanceof EngineLog)) {
				String part = protocol.getClass().getSimpleName();
				ReflectionUtils.setField(LOG, protocol, new EngineLog(present, part, failures));
			}
		}
	}

	private static Field log() {
		Field field = ReflectionUtils.findField(Protocol.class, "log", Log.class);
		if (field == null) {
			throw new IllegalStateException("Protocols of this JGroups have no log");
		}
		ReflectionUtils.makeAccessible(field);
		return field;
	}

}
