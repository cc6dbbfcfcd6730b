package io.clusterspring.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.OnOneNode;
import io.clusterspring.failover.StartReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for placements of applications that a node does not have.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusedPlacementsTests {

	private static final String NOBODY = "', for which cluster.distributed has properties. ";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, FailoverAutoConfiguration.class))
		.withPropertyValues("cluster.name=placements", "cluster.transport=local", "cluster.node=n1@local");

	private final ApplicationContextRunner applications = this.runner.withBean(Invoices.class).withBean(Job.class);

	@Test
	void misspeltNameIsToldWithTheOneThatIsMeant(CapturedOutput output) {
		// also for other nodes and with a quorum, since nobody has two names so alike
		this.applications
			.withPropertyValues("cluster.distributed.invoice.nodes=n2@local",
					"cluster.distributed.night-jobs.quorum=majority",
					"cluster.distributed.night-jobs.nodes=n1@local,n2@local,n3@local")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).hasSize(2)
			.anyMatch((line) -> line.endsWith("No distributed application of this node has the name 'invoice" + NOBODY
					+ "Did you mean 'invoices'?"))
			.anyMatch((line) -> line.endsWith("Did you mean 'nightJob'?"));
	}

	@Test
	void nameThatIsLikeOneWithAPlacementIsAnother(CapturedOutput output) {
		this.applications
			.withPropertyValues("cluster.distributed.invoices.timeout=5s", "cluster.distributed.invoices2.timeout=5s")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).singleElement()
			.asString()
			.endsWith("No distributed application of this node has the name 'invoices2" + NOBODY
					+ "It has [invoices, nightJob]. That is right if other nodes have it");
	}

	@Test
	void nodeWithoutApplicationsSaysSo(CapturedOutput output) {
		this.runner.withPropertyValues("cluster.distributed.invoices.nodes=n2@local,n1@local")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).singleElement()
			.asString()
			.endsWith("No distributed application of this node has the name 'invoices" + NOBODY
					+ "It has none at all. That is right if other nodes have it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster.distributed.mails.nodes=n2@local,n3@local",
			"cluster.distributed.invoices.timeout=5s", "cluster.distributed.nightJob.timeout=5s" })
	void placementThatIsRightIsNotWarnedOf(String property, CapturedOutput output) {
		this.applications.withPropertyValues(property).run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void nodeThatOnlyVotesIsNotWarned(CapturedOutput output) {
		this.runner
			.withPropertyValues("cluster.distributed.invoices.nodes=n1@local,n2@local,n3@local",
					"cluster.distributed.invoices.quorum=majority")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).isEmpty();
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("UnusedPlacements ")).toList();
	}

	static class Invoices implements DistributedApplication {

		@Override
		public String name() {
			return "invoices";
		}

		@Override
		public void start(StartReason reason) {
		}

		@Override
		public void stop() {
		}

	}

	static class Job {

		@OnOneNode("nightJob")
		void work() {
		}

	}

}
