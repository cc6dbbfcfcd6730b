package io.clusterspring.channel.longpoll;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.clusterspring.Cluster;
import io.clusterspring.channel.protocol.Transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Replays requests that were recorded from Phoenix. Its requests without a message wait
 * for a second here, all others for a message.
 */
class LongPollReplayIntegrationTests {

	@ParameterizedTest
	@CsvSource({ "tomcat, 17620", "jetty, 17650" })
	void answersAsPhoenix(String server, int clusterPort) throws Exception {
		Class<?> configuration = server.equals("jetty") ? JettyLongPollIntegrationTests.Jetty.class
				: TomcatLongPollIntegrationTests.Tomcat.class;
		try (ConfigurableApplicationContext n1 = run(configuration, clusterPort, "n1@127.0.0.1");
				ConfigurableApplicationContext n2 = run(configuration, clusterPort, "n2@127.0.0.1")) {
			await().until(() -> n1.getBean(Cluster.class).view().nodes().size() == 2);
			List<Transcript> transcripts = Transcript.all()
				.stream()
				.filter((transcript) -> transcript.name().startsWith("longpoll"))
				.toList();
			assertThat(transcripts).isNotEmpty();
			for (Transcript transcript : transcripts) {
				replay(transcript, new Replay(LongPollTestCases.port(n1), LongPollTestCases.port(n2)));
			}
		}
	}

	private static void replay(Transcript transcript, Replay replay) throws Exception {
		for (Transcript.Step step : transcript.steps("http").toList()) {
			replay.play(step.json());
		}
	}

	private static ConfigurableApplicationContext run(Class<?> configuration, int clusterPort, String node) {
		return LongPollTestCases.run(configuration, "LongPollReplay" + clusterPort, clusterPort, node,
				"cluster.channels.long-poll.poll-timeout=1s", "cluster.channels.long-poll.session-timeout=5m");
	}

}
