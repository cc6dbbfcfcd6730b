package io.clusterspring.channel;

/**
 * A {@link Runnable} that may throw checked exceptions.
 */
interface ThrowingRunnable {

	void run() throws Exception;

}
