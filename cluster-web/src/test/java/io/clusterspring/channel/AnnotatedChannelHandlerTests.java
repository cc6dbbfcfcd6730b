package io.clusterspring.channel;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Payload;

import io.clusterspring.Node;
import io.clusterspring.channel.ChannelNodes.Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the handlers with annotations: the parameters of methods, and the effect of
 * their return values.
 */
@ExtendWith(OutputCaptureExtension.class)
class AnnotatedChannelHandlerTests {

	private static final Node N1 = Node.of("n1@127.0.0.1");

	private static final String DESK = "desk:berlin:7";

	private static final String NAMELESS = "{\"reason\":\"invalid payload\",\"errors\":{\"name\":\"must be named\"}}";

	@AutoClose
	private final ChannelNodes nodes = new ChannelNodes();

	private final Desk desk = new Desk();

	private Client client;

	@BeforeEach
	void start() {
		this.nodes.start(N1, 1000, List.of(this.desk, new Till(), new Door()));
		this.client = this.nodes.connect(N1, () -> "alice");
	}

	@Test
	void joinGetsVariablesUserAndChannelAndItsValueIsTheResponse() {
		this.client.join(DESK);
		this.client.getsReply(DESK, "1", "ok", "{\"city\":\"berlin\",\"desk\":7,\"user\":\"alice\",\"id\":\"test\"}");
	}

	@Test
	void methodThatWantsAUserRefusesAnAnonymousClient(CapturedOutput output) {
		Client anonymous = this.nodes.connect(N1, null);
		anonymous.join(DESK);
		anonymous.getsReply(DESK, "1", "error", "{\"reason\":\"join crashed\"}");
		assertThat(output.getAll()
			.lines()
			.filter((line) -> line.contains("the client has no user, but Desk.join needs one"))).singleElement()
			.asString()
			.contains("WARN");
	}

	@Test
	void variableThatCannotBeConvertedRefuses() {
		this.client.join("desk:berlin:seven");
		this.client.getsReply("desk:berlin:seven", "1", "error", "{\"reason\":\"join crashed\"}");
	}

	@Test
	void invalidPayloadIsAnsweredWithItsErrorsAndTheChannelGoesOn() {
		join();
		this.client.send(DESK, "2", "order", "{\"name\":\" \",\"count\":0}");
		this.client.getsReply(DESK, "2", "error",
				"{\"reason\":\"invalid payload\",\"errors\":{\"name\":\"must be named\",\"count\":\"must be positive\"}}");
		this.client.send(DESK, "3", "order", "{\"name\":\"tea\",\"count\":2}");
		this.client.getsReply(DESK, "3", "ok", "{\"name\":\"tea\",\"count\":2}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"count\":\"many\"} | \"count\":\"must be a number\"",
					"{\"name\":\"tea\",\"count\":{}} | \"count\":\"must be a number\"",
					"{\"name\":[],\"count\":1} | \"name\":\"must be a string\"",
					"[] | \"payload\":\"must be an object\"", "\"tea\" | \"payload\":\"must be an object\"",
					"null | \"payload\":\"has the wrong form\"", "7 | \"payload\":\"must be an object\"" })
	void unreadablePayloadIsAnsweredWithItsErrorAndTheChannelGoesOn(String payload, String error) {
		join();
		this.client.send(DESK, "2", "order", payload);
		this.client.getsReply(DESK, "2", "error", "{\"reason\":\"invalid payload\",\"errors\":{" + error + "}}");
		this.client.send(DESK, "3", "order", "{\"name\":\"tea\",\"count\":2}");
		this.client.getsReply(DESK, "3", "ok", "{\"name\":\"tea\",\"count\":2}");
	}

	@Test
	void errorInAListHasItsPath() {
		join();
		this.client.send(DESK, "2", "orders", "[{\"name\":\"tea\",\"count\":1},{\"name\":\"milk\",\"count\":\"two\"}]");
		this.client.getsReply(DESK, "2", "error",
				"{\"reason\":\"invalid payload\",\"errors\":{\"[1].count\":\"must be a number\"}}");
		this.client.send(DESK, "3", "orders", "{}");
		this.client.getsReply(DESK, "3", "error",
				"{\"reason\":\"invalid payload\",\"errors\":{\"payload\":\"must be a list\"}}");
	}

	@Test
	void reasonOfAnInvalidPayloadIsInTheLogForThoseThatAsk(CapturedOutput output) {
		LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
		String logger = "io.clusterspring.channel.controller.AnnotatedChannelHandler";
		join();
		this.client.send(DESK, "2", "order", "{\"count\":\"quiet\"}");
		assertThat(this.client.next()).contains("invalid payload");
		logging.setLogLevel(logger, LogLevel.DEBUG);
		this.client.send(DESK, "3", "order", "{\"count\":\"ma\\nny\"}");
		assertThat(this.client.next()).contains("invalid payload");
		logging.setLogLevel(logger, null);
		assertThat(output.getAll()
			.lines()
			.filter((line) -> line.contains("Desk.order was not called for a message on " + DESK
					+ ", because its payload is invalid: {count=must be a number}")))
			.singleElement()
			.asString()
			.contains("from String \"ma?ny\"");
		assertThat(output).doesNotContain("quiet");
	}

	@Test
	void payloadWithoutValidAnnotationIsNotValidated() {
		join();
		this.client.send(DESK, "2", "unchecked", "{\"name\":\"\",\"count\":-1}");
		this.client.getsReply(DESK, "2", "ok", "{\"name\":\"\",\"count\":-1}");
	}

	@Test
	void genericPayloadIsReadWithItsTypeArguments() {
		join();
		this.client.send(DESK, "2", "orders", "[{\"name\":\"tea\",\"count\":1},{\"name\":\"milk\",\"count\":2}]");
		this.client.getsReply(DESK, "2", "ok", "3");
	}

	@Test
	void invalidJoinPayloadRefuses() {
		this.client.join("till:1", "{\"name\":\"\",\"count\":1}");
		this.client.getsReply("till:1", "1", "error", NAMELESS);
		this.client.join("till:1", "[]");
		this.client.getsReply("till:1", "1", "error",
				"{\"reason\":\"invalid payload\",\"errors\":{\"payload\":\"must be an object\"}}");
		this.client.send("till:1", "2", "ping", "{}");
		this.client.gets(null, "2", "till:1", "phx_reply",
				"{\"status\":\"error\",\"response\":{\"reason\":\"unmatched topic\"}}");
		this.client.join("till:1", "{\"name\":\"me\",\"count\":1}");
		this.client.getsReply("till:1", "1", "ok", "{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "stage", "optional", "false" })
	void joinThatIsNotDecidedRefuses(String kind) {
		this.client.join("door:" + kind);
		this.client.getsReply("door:" + kind, "1", "error", "{\"reason\":\"join crashed\"}");
	}

	@Test
	void methodWithoutAnAnswerDoesNotReply() {
		join();
		this.client.send(DESK, "2", "note", "{}");
		this.client.send(DESK, "3", "no_reply", "{}");
		this.client.send(DESK, "4", "refuse", "{}");
		this.client.getsReply(DESK, "4", "error", "{\"reason\":\"no\"}");
		assertThat(this.desk.notes).isEqualTo(1);
	}

	@Test
	void errorIsACrashLikeAnyException() {
		join();
		this.client.send(DESK, "2", "error", "{}");
		this.client.gets("1", "1", DESK, "phx_error", "{\"reason\":\"channel_crash\"}");
	}

	private void join() {
		this.client.join(DESK);
		assertThat(this.client.next()).contains("\"status\":\"ok\"");
	}

	record Order(@NotBlank(message = "must be named") String name,
			@Min(value = 1, message = "must be positive") int count) {
	}

	@ChannelController("desk:{city}:{desk}")
	static class Desk {

		private volatile int notes;

		@OnJoin
		Map<String, Object> join(@DestinationVariable String city, @DestinationVariable("desk") int number,
				Principal user, Channel channel) {
			return Map.of("city", city, "desk", number, "user", user.getName(), "id", channel.connectionId());
		}

		@OnEvent("order")
		Order order(@Payload @Valid Order order) {
			return order;
		}

		@OnEvent("unchecked")
		Order unchecked(Order order) {
			return order;
		}

		@OnEvent("orders")
		int orders(List<Order> orders) {
			return orders.stream().mapToInt(Order::count).sum();
		}

		@OnEvent("note")
		void note() {
			this.notes++;
		}

		@OnEvent("no_reply")
		Reply noReply() {
			return Reply.none();
		}

		@OnEvent("refuse")
		Reply refuse() {
			return Reply.refuse("no");
		}

		@OnEvent("error")
		void error() {
			throw new AssertionError("not even an exception");
		}

	}

	@ChannelController("till:{id}")
	static class Till {

		@OnJoin
		void join(@Valid Order order) {
		}

		@OnEvent("ping")
		String ping() {
			return "pong";
		}

	}

	@ChannelController("door:{kind}")
	static class Door {

		@OnJoin
		@Nullable Object join(@DestinationVariable String kind) {
			return switch (kind) {
				case "stage" -> CompletableFuture.completedFuture(null);
				case "optional" -> Optional.of(Reply.ok());
				case "false" -> false;
				default -> null;
			};
		}

	}

}
