package io.clusterspring.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Properties of the threads that run the application's code. Virtual threads have no
 * limit.
 *
 * @param threads Number of threads for handlers and listeners. Defaults to 32, or twice
 * the processors if that is more.
 * @param threadsPerSocket Maximum number of threads that the channels of one socket use
 * at the same time. Defaults to an eighth of the threads, at least 2.
 * @param threadsPerController Maximum number of threads that the channels of one
 * controller use at the same time. Defaults to three quarters of the threads.
 */
record ExecutorProperties(@Nullable Integer threads, @Nullable Integer threadsPerSocket,
		@Nullable Integer threadsPerController) {

	private static final int DEFAULT_THREADS = 32;

	int threadsOrDefault() {
		return (this.threads != null) ? this.threads
				: Math.max(DEFAULT_THREADS, 2 * Runtime.getRuntime().availableProcessors());
	}

}
