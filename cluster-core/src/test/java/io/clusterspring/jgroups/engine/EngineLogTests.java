package io.clusterspring.jgroups.engine;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jgroups.blocks.cs.TcpClient;
import org.jgroups.blocks.cs.TcpConnection;
import org.jgroups.logging.Log;
import org.jgroups.logging.NoopLogImpl;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;

import io.clusterspring.jgroups.EngineFailures;

import static org.assertj.core.api.Assertions.assertThat;

class EngineLogTests {

	private static final Error ERROR = new InternalError("test");

	private final EngineFailures failures = new EngineFailures();

	private final List<String> lines = new ArrayList<>();

	private boolean verbose = true;

	private final EngineLog log = new EngineLog(new NoopLogImpl() {

		@Override
		public void error(String message, Throwable cause) {
			EngineLogTests.this.lines.add(message);
		}

		@Override
		public void error(String format, Object... args) {
			EngineLogTests.this.lines.add(format);
		}

		@Override
		public boolean isDebugEnabled() {
			return EngineLogTests.this.verbose;
		}

		@Override
		public boolean isTraceEnabled() {
			return EngineLogTests.this.verbose;
		}

		@Override
		public void debug(String format, Object... args) {
			EngineLogTests.this.lines.add("debug: " + format);
		}

		@Override
		public void trace(String format, Object... args) {
			EngineLogTests.this.lines.add("trace: " + format);
		}

		@Override
		public void warn(String format, Object... args) {
			EngineLogTests.this.lines.add(format);
		}

	}, "GMS", this.failures);

	@Test
	void errorIsKeptInWhateverWayItIsLogged() {
		List<Consumer<Log>> ways = List.of((log) -> log.fatal("failed", ERROR), (log) -> log.fatal("failed: %s", ERROR),
				(log) -> log.error("failed", ERROR), (log) -> log.error("%s failed: %s", "n1", ERROR),
				(log) -> log.warn("failed", ERROR), (log) -> log.warn("%s failed: %s", "n1", ERROR),
				(log) -> log.debug("failed", ERROR), (log) -> log.debug("failed: %s", ERROR),
				(log) -> log.trace("failed", ERROR), (log) -> log.failSafeWarn("failed: %s, %s", ERROR, "batch"),
				(log) -> log.failSafeError("failed", ERROR));
		for (Consumer<Log> way : ways) {
			this.failures.clear();
			way.accept(this.log);
			assertThat(this.failures.failures()).containsExactly(Map.entry("GMS", ERROR.toString()));
		}
	}

	@Test
	void lineThatNobodyReadsIsNotMade() {
		this.log.debug("%s is here", "n1");
		this.log.trace("%s is here", "n1");
		this.verbose = false;
		this.log.debug("%s has gone", "n1");
		this.log.trace("%s has gone", "n1");
		assertThat(this.lines).containsExactly("debug: %s is here", "trace: %s is here");
	}

	@Test
	void exceptionIsLoggedAsEver() {
		this.log.error("failed", new IllegalStateException("test"));
		this.log.warn("%s failed: %s", "n1", new IllegalStateException("test"));
		assertThat(this.lines).containsExactly("failed", "%s failed: %s");
		assertThat(this.failures.failures()).isEmpty();
	}

	@Test
	void goodByeThatTheOtherEndDoesNotHearIsNoError() throws Exception {
		InetAddress host = InetAddress.getLoopbackAddress();
		TcpClient client = new TcpClient(host, 0, host, 1);
		client.log(this.log);
		new TcpConnection(new IpAddress(host, 1), client).close(true);
		assertThat(this.lines).contains("debug: %s: failed sending graceful close to %s: %s")
			.allMatch((line) -> line.startsWith("debug: ") || line.startsWith("trace: "));
	}

	@Test
	void protocolsOfANodeHaveSuchALogAndNoOthers() {
		STABLE its = new STABLE();
		EngineLog.install(this.failures, List.of(its));
		its.getLog().error("failed: %s", ERROR);
		assertThat(this.failures.failures()).containsOnlyKeys("STABLE");
		assertThat(new STABLE().getLog()).isNotInstanceOf(EngineLog.class);
		Log first = its.getLog();
		EngineLog.install(this.failures, List.of(its));
		assertThat(its.getLog()).isSameAs(first);
	}

}
