package io.clusterspring.channel;

/**
 * Something that may fail.
 */
interface ThrowingRunnable {

	void run() throws Exception;

}
