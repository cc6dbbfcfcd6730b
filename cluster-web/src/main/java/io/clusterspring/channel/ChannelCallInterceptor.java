package io.clusterspring.channel;

import org.jspecify.annotations.Nullable;

/**
 * Wraps every call of every handler, on the handler's thread. Use it to set up what
 * belongs to a thread, such as a security or a logging context. Beans of this type are
 * called in order, the first one outermost. Work that the handler starts on other
 * threads, and replies that it gives later, are not part of the call.
 */
@FunctionalInterface
public interface ChannelCallInterceptor {

	/**
	 * Intercept a call.
	 * @param call the call, to {@link ChannelCall#proceed() proceed} with
	 * @return the result of the call, or another value of the same kind
	 * @throws Exception to fail the call, as an exception of the handler would
	 */
	@Nullable Object intercept(ChannelCall call) throws Exception;

}
