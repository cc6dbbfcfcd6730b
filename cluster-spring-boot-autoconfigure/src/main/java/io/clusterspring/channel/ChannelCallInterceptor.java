package io.clusterspring.channel;

import org.jspecify.annotations.Nullable;

/**
 * Is around every call of every handler, on its thread: the place for what belongs to the
 * thread, such as a security or a logging context. Beans of this type are called in
 * order, the first one outermost. What a handler starts on other threads, and a reply it
 * gives later, is not within the call.
 */
@FunctionalInterface
public interface ChannelCallInterceptor {

	/**
	 * Take part in a call.
	 * @param call the call, to {@link ChannelCall#proceed() proceed} with
	 * @return what the call returned, or another value of its kind
	 * @throws Exception as the handler does
	 */
	@Nullable Object intercept(ChannelCall call) throws Exception;

}
