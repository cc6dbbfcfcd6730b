package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that is called for each joined channel after its client has refreshed
 * its right to be connected, which may have changed what the user may do. It takes the
 * same parameters as an {@link OnJoin} method, except the payload, and returns
 * {@code void} or a {@link Reply} that is known at once. An {@link Reply#error error}
 * reply ends the channel: the client gets {@code phx_close} with the response. An
 * exception ends it as an exception of any other method does. Without such a method the
 * channel goes on. A method may be marked with {@link OnJoin} as well, if it takes no
 * payload: then the same decision is made again.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnRefresh {

}
