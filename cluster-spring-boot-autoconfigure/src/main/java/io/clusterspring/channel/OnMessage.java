package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that gets plain payloads broadcast on the channel's topic, once for
 * each member: Phoenix's {@code handle_info/2}. They never reach the client by
 * themselves. The one payload parameter names the type they are read as.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnMessage {

}
