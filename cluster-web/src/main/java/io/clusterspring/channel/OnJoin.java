package io.clusterspring.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks the method that decides about a join: Phoenix's {@code join/3}. Its parameters
 * may be the {@link Channel}, the join payload, {@code @DestinationVariable}s of the
 * topic and the {@code Principal}. Without such a method, every client may join.
 *
 * <p>
 * {@link Reply#error} refuses the client. {@code void}, {@link Reply#ok} and any other
 * value accept it. An exception refuses it with reason {@code join crashed}; {@code null}
 * does the same if the return type can hold a {@link Reply}. A {@code CompletionStage}
 * decides when it completes; if it completes with {@code null}, the client is refused,
 * unless its type argument cannot hold a {@code Reply}, like {@code Void}. Pushes that
 * are made meanwhile are sent after the answer to the join. The boot fails if the return
 * type is {@code boolean}, {@code Optional}, {@code Callable}, a {@code Future} that is
 * not a {@code CompletionStage}, or a reactive type, because these are no decision.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Reflective(ChannelMethodReflection.class)
public @interface OnJoin {

}
