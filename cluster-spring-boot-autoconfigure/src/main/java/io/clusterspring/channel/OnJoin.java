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
 * other value let the client in; an exception refuses with {@code join crashed}, and so
 * does {@code null} where a {@link Reply} could have been. A {@code CompletionStage} is
 * waited for, because nothing may overtake the answer to a join; its {@code null} refuses
 * as well, unless its type argument leaves no room for a {@code Reply}, as {@code Void}.
 * Pushes made meanwhile follow that answer. A {@code boolean}, an {@code Optional}, a
 * {@code Callable}, a {@code Future} that is no {@code CompletionStage}, and reactive
 * types decide nothing: a method that declares one fails the boot. Without such a method
 * everybody may join.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnJoin {

}
