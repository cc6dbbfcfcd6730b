package io.clusterspring.channel.socket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.channel.UnexpectedMessageException;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class CrashLogTests {

	private final CrashLog log = new CrashLog();

	@Test
	void repeatedMistakesOfClientsAreLoggedLessAndLessOften(CapturedOutput output) {
		for (int i = 1; i <= 1000; i++) {
			int number = i;
			this.log.add("one", () -> "Crash " + number + ".", new UnexpectedMessageException("nobody expects it"));
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("nobody expects it"))).hasSize(10)
			.anyMatch((line) -> line.endsWith("Crash 1.: nobody expects it"))
			.anyMatch((line) -> line.endsWith("Crash 512.: nobody expects it (512 times so far for this reason)"));
	}

	@Test
	void repeatedExceptionsOfHandlersAreLoggedLessAndLessOftenWithStackTrace(CapturedOutput output) {
		for (int i = 1; i <= 100; i++) {
			int number = i;
			this.log.add("one", () -> "Crash " + number, new IllegalStateException("of client " + i));
		}
		assertThat(output.getAll().lines().filter((line) -> line.startsWith("java.lang.IllegalStateException")))
			.hasSize(7);
		assertThat(output).contains("of client 1", "of client 64").doesNotContain("of client 65");
	}

	@Test
	void eachHandlerAndCauseIsLogged(CapturedOutput output) {
		this.log.add("one", () -> "A", new UnexpectedMessageException("x"));
		this.log.add("other", () -> "B", new UnexpectedMessageException("x"));
		this.log.add("one", () -> "C", new UnexpectedMessageException("y"));
		this.log.add("one", () -> "D", new IllegalStateException("x"));
		this.log.add("one", () -> "E", new IllegalStateException("x"));
		assertThat(output).contains("A: x", "B: x", "C: y", "D").contains("E");
	}

	@Test
	void excessCausesAreCountedAsOne(CapturedOutput output) {
		for (int i = 1; i <= 2000; i++) {
			int number = i;
			this.log.add("one", () -> "Crash " + number, new UnexpectedMessageException("cause " + i));
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("cause "))).hasSizeLessThan(520);
	}

}
