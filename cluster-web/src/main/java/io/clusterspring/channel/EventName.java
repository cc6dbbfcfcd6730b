package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@code String} parameter of an {@link OnEvent} or {@link OnBroadcast} method
 * that gets the name of the event. Its value comes from the client: it is well-formed and
 * has 255 bytes at most, and may be anything that the method's pattern matches.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventName {

}
