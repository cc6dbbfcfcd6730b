package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks the method that is called when a joined channel has ended, for any reason:
 * Phoenix's {@code terminate/2}. It takes the same parameters as an {@link OnJoin}
 * method, except the payload, and the {@link LeaveReason}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Reflective(ChannelMethodReflection.class)
public @interface OnLeave {

}
