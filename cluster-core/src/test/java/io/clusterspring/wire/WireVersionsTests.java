package io.clusterspring.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.wire.WireVersions.Hello;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WireVersions} and {@link Hello}.
 */
class WireVersionsTests {

	private static final Node N2 = Node.of("n2@a");

	private static final Node N3 = Node.of("n3@a");

	private static final FrameKind KIND = FrameKind.PRESENCE;

	private final WireVersions versions = new WireVersions(Map.of(KIND, 4));

	@Test
	void aVersionIsSentOnceAllNodesOfTheViewReadIt() {
		assertThat(common()).as("alone").isEqualTo(4);
		assertThat(this.versions.view(List.of(N2, N3))).containsExactly(N2, N3);
		assertThat(common()).as("nobody has said anything").isEqualTo(1);
		this.versions.hear(N2, Map.of(5, 3, 200, 9));
		assertThat(common()).isEqualTo(1);
		this.versions.hear(N3, Map.of(5, 17));
		assertThat(common()).isEqualTo(3);
		assertThat(this.versions.view(List.of(N3))).isEmpty();
		assertThat(common()).isEqualTo(4);
	}

	@Test
	void aNodeThatComesBackMayBeOfAnEarlierRelease() {
		this.versions.view(List.of(N2));
		this.versions.hear(N2, Map.of(5, 4));
		this.versions.view(List.of());
		assertThat(this.versions.hasHeard(N2)).isFalse();
		assertThat(this.versions.view(List.of(N2))).containsExactly(N2);
		assertThat(common()).isEqualTo(1);
	}

	@Test
	void versionsReceivedBeforeTheViewCount() {
		this.versions.hear(N2, Map.of(5, 2));
		assertThat(common()).isEqualTo(4);
		assertThat(this.versions.view(List.of(N2))).containsExactly(N2);
		assertThat(this.versions.hasHeard(N2)).isTrue();
		assertThat(common()).isEqualTo(2);
	}

	@Test
	void aNodeDoesNotReadKindsThatItDoesNotKnow() {
		this.versions.view(List.of(N2));
		this.versions.hear(N2, Map.of(5, 0));
		assertThat(common()).isEqualTo(1);
		assertThat(this.versions.common(FrameKind.TOPIC)).isEqualTo(1);
	}

	@Test
	void aHelloHasEveryKind() {
		Hello hello = Hello.decode(FrameKind.body(Hello.own(true).encode()));
		assertThat(hello.heard()).isTrue();
		assertThat(hello.versions()).hasSize(FrameKind.values().length).containsEntry(5, 1).containsEntry(9, 1);
	}

	@Test
	void aHelloIsThatOfTheFirstRelease() {
		Map<String, Hello> frames = new LinkedHashMap<>();
		frames.put("first", new Hello(false, new TreeMap<>(Map.of(2, 1, 9, 1))));
		frames.put("answer", new Hello(true, new TreeMap<>(Map.of(2, 1, 9, 300))));
		RecordedFrames.check(FrameKind.HELLO, frames, Hello::encode, Hello::decode);
		RecordedFrames.checkExtended(FrameKind.HELLO, Hello::encode, Hello::decode);
	}

	@Test
	void anyInputIsReadOrRefused() {
		FrameFuzz.fuzz(Hello::decode, Hello.own(true).encode(), Hello.own(false).encode());
	}

	private int common() {
		return this.versions.common(KIND);
	}

}
