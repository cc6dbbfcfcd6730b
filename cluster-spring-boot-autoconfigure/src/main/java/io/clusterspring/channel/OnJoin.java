package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that decides about a join: Phoenix's {@code join/3}. It may take the
 * {@link Channel}, the join payload, {@code @DestinationVariable}s of the topic and the
 * {@code Principal}. {@link Reply#error} refuses; {@code void}, {@link Reply#ok} and any
 * other value let the client in; an exception refuses with {@code join crashed}. A
 * {@code CompletionStage} is waited for, because nothing may overtake the answer to a
 * join. Pushes made meanwhile follow that answer. Without such a method everybody may
 * join.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnJoin {

}
