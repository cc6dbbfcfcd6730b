package io.clusterspring.presence;

import org.junit.jupiter.api.Test;

import io.clusterspring.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PresenceOwners}.
 */
class PresenceOwnersTests {

	private final PresenceOwners owners = new PresenceOwners();

	@Test
	void ownerWithoutMetasIsRemovedUnlessItsEndIsHooked() {
		this.owners.enter("nothing");
		this.owners.leave("nothing");
		assertThat(this.owners.size()).isZero();
		this.owners.enter("hooked").hook();
		this.owners.leave("hooked");
		assertThat(this.owners.size()).isEqualTo(1);
		assertThat(this.owners.end("hooked")).isEmpty();
		PresenceMeta meta = new PresenceMeta(new PresenceOrigin(Node.of("n@host"), 1, PresenceNode.CODEC), 1, 0,
				"topic", "key", "{}".getBytes());
		this.owners.enter("owner").put(meta);
		this.owners.leave("owner");
		assertThat(this.owners.end("owner")).containsExactly(meta);
		assertThat(this.owners.size()).isZero();
	}

}
