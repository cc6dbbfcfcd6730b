package io.clusterspring.channel.socket;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChannelAttributes}.
 */
class ChannelAttributesTests {

	private Map<String, Object> socket = Map.of("role", "guest", "tenant", "acme");

	private final ChannelAttributes attributes = new ChannelAttributes(() -> this.socket);

	@Test
	void attributesThatTheChannelHasNotChangedFollowTheSocket() {
		this.attributes.get().put("seen", 1);
		this.attributes.get().put("tenant", "own");
		this.socket = Map.of("role", "admin", "tenant", "other", "new", true);
		this.attributes.renew();
		assertThat(this.attributes.get())
			.containsExactlyInAnyOrderEntriesOf(Map.of("role", "admin", "tenant", "own", "new", true, "seen", 1));
	}

	@Test
	void attributesThatTheSocketNoLongerHasAreRemoved() {
		this.attributes.get();
		this.socket = Map.of();
		this.attributes.renew();
		assertThat(this.attributes.get()).isEmpty();
	}

	@Test
	void attributeThatTheChannelHasRemovedStaysRemovedUnlessItChanges() {
		this.attributes.get().remove("role");
		this.socket = Map.of("role", "admin");
		this.attributes.renew();
		assertThat(this.attributes.get()).isEmpty();
	}

	@Test
	void attributesThatWereNotUsedYetBeginWithTheNewOnes() {
		this.socket = Map.of("role", "admin");
		this.attributes.renew();
		assertThat(this.attributes.get()).isEqualTo(Map.of("role", "admin"));
	}

	@Test
	void oneRenewalIsAskedForUntilItBegins() {
		assertThat(this.attributes.ask()).isTrue();
		assertThat(this.attributes.ask()).isFalse();
		this.attributes.renew();
		assertThat(this.attributes.ask()).isTrue();
	}

}
