package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Cluster;
import io.clusterspring.interest.Interests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a subscription is in force on all nodes when its client has the receipt,
 * with JGroups and real clients.
 */
class StompRoutingIntegrationTests {

	private static final int PAIRS = 1000;

	private StompNode n1;

	private StompNode n2;

	@BeforeEach
	void start() {
		this.n1 = start("n1@127.0.0.1");
		this.n2 = start("n2@127.0.0.1");
		await().atMost(60, TimeUnit.SECONDS).until(() -> this.n1.bean(Cluster.class).view().nodes().size() == 2);
	}

	private static StompNode start(String node) {
		return StompNode.start(node, null, StompApp.class, "--cluster.name=stomp-routing", "--cluster.port=17660",
				"--cluster.sync-nodes-optional=n1@127.0.0.1,n2@127.0.0.1");
	}

	@AfterEach
	void close() {
		this.n1.close();
		this.n2.close();
	}

	@Test
	void whatIsPublishedAfterTheReceiptArrives() {
		awaitRouting(this.n1);
		awaitRouting(this.n2);
		StompClient first = this.n1.connect(null);
		StompClient second = this.n2.connect("jane");
		List<StompClient.Inbox> inboxes = new ArrayList<>();
		for (int i = 0; i < PAIRS; i++) {
			StompClient subscriber = (i % 2 == 0) ? first : second;
			StompNode publisher = (i % 2 == 0) ? this.n2 : this.n1;
			String destination = "/topic/pair." + i;
			inboxes.add(subscriber.subscribe((i % 20 == 0) ? destination + ".*" : destination));
			publisher.template().convertAndSend((i % 20 == 0) ? destination + ".a" : destination, "message " + i);
		}
		await().atMost(60, TimeUnit.SECONDS)
			.until(() -> inboxes.stream().noneMatch((inbox) -> inbox.payloads().isEmpty()));
		for (int i = 0; i < PAIRS; i++) {
			assertThat(inboxes.get(i).payloads()).containsExactly("message " + i);
		}
		awaitRouting(this.n1);
		this.n2.closeClients();
		await().atMost(60, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(this.n2.bean(Interests.class).statistics().ownTopics()).isZero());
	}

	private static void awaitRouting(StompNode node) {
		Interests interests = node.bean(Interests.class);
		await().atMost(60, TimeUnit.SECONDS).until(() -> {
			long before = interests.statistics().savedFrames();
			node.template().convertAndSend("/topic/unheard", "for nobody");
			return interests.statistics().savedFrames() > before;
		});
	}

}
