package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks the method that gets plain payloads published on the channel's topic, once for
 * each member: Phoenix's {@code handle_info/2}. These payloads are not sent to the
 * client. The method has one payload parameter; its type is the type to convert the
 * payload to.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Reflective(ChannelMethodReflection.class)
public @interface OnMessage {

}
