package io.clusterspring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.annotation.AliasFor;

/**
 * Annotation for a test class whose application runs on several nodes: application
 * contexts of this JVM, connected in memory. The contexts are those of
 * {@link SpringBootTest}, with its configuration and Spring's cache of contexts. The one
 * of node 1 is the context of the test: beans are injected from it. Methods of the test
 * may have a parameter of type {@link ClusterNodes}, and parameters with {@link OnNode}.
 *
 * <pre class="code">
 * &#064;ClusterTest(nodes = 2)
 * class RoomChannelTests {
 *
 *     &#064;Test
 *     void bothNodesHear(&#064;OnNode(1) ChannelTestClient alice, &#064;OnNode(2) ChannelTestClient bob) {
 *         TestChannel there = bob.join("room:lobby");
 *         alice.join("room:lobby").push("new_msg", Map.of("body", "hello")).expectOk();
 *         there.expectBroadcast("new_msg");
 *     }
 *
 * }
 * </pre>
 *
 * After each test, clients are closed and cut nodes are connected again.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest
@ExtendWith(ClusterParameterResolver.class)
public @interface ClusterTest {

	/**
	 * Return the number of nodes.
	 * @return the number, at least one
	 */
	int nodes() default 2;

	/**
	 * Return properties of all nodes.
	 * @return the properties, as {@code key=value}
	 */
	@AliasFor(annotation = SpringBootTest.class)
	String[] properties() default {};

	/**
	 * Return the configuration classes.
	 * @return the classes, empty for the application's own
	 */
	@AliasFor(annotation = SpringBootTest.class)
	Class<?>[] classes() default {};

	/**
	 * Return the web environment of each node.
	 * @return the environment; with a server, each node needs a random port
	 */
	@AliasFor(annotation = SpringBootTest.class)
	SpringBootTest.WebEnvironment webEnvironment() default SpringBootTest.WebEnvironment.MOCK;

}
