package io.clusterspring.jgroups.guard;

import org.jgroups.Version;
import org.jspecify.annotations.Nullable;

import io.clusterspring.RefusedPeer.Reason;

/**
 * The versions that a node speaks, as it says in the {@link Handshake}: a byte each for
 * the oldest and the newest wire of this starter that it speaks, and for the major and
 * the minor version of its JGroups. A later release may say more; what follows is
 * skipped.
 *
 * @param engineMinor the minor version of JGroups, of which only equal ones speak with
 * each other
 */
record SpokenVersions(int oldest, int newest, int engineMajor, int engineMinor) {

	/**
	 * The wire of this release: one more than that of the release before if nodes of that
	 * one are not to connect for ever. The oldest that is spoken is the one of the
	 * previous minor version.
	 */
	private static final int WIRE = 1;

	// what this release was built and tested with
	private static final int BUILT_FOR_MAJOR = 5;

	private static final int BUILT_FOR_MINOR = 5;

	static final String BUILT_FOR = BUILT_FOR_MAJOR + "." + BUILT_FOR_MINOR;

	private static final int FIELDS = 4;

	static SpokenVersions own() {
		return new SpokenVersions(WIRE, WIRE, Version.major, Version.minor);
	}

	byte[] bytes() {
		return new byte[] { (byte) this.oldest, (byte) this.newest, (byte) this.engineMajor, (byte) this.engineMinor };
	}

	// null if it has not said all of it
	static @Nullable SpokenVersions read(byte[] said) {
		return (said.length < FIELDS) ? null
				: new SpokenVersions(said[0] & 0xFF, said[1] & 0xFF, said[2] & 0xFF, said[3] & 0xFF);
	}

	boolean fit(@Nullable SpokenVersions other) {
		return other != null && speakOneEngine(other) && this.oldest <= other.newest && other.oldest <= this.newest;
	}

	private boolean speakOneEngine(SpokenVersions other) {
		return this.engineMajor == other.engineMajor && this.engineMinor == other.engineMinor;
	}

	ConnectionRefusedException refuse(@Nullable SpokenVersions other) {
		String why;
		if (other == null) {
			why = "it does not say which versions it speaks";
		}
		else if (!speakOneEngine(other)) {
			why = "it runs JGroups " + other.engine() + ", this node JGroups " + engine()
					+ ", and JGroups of one minor version does not speak with another";
		}
		else {
			why = "it speaks wire " + other.wire() + ", this node wire " + wire();
		}
		return new ConnectionRefusedException(Reason.VERSION, why + ": see docs/upgrading.md");
	}

	@Nullable String warning() {
		if (this.engineMajor == BUILT_FOR_MAJOR && this.engineMinor == BUILT_FOR_MINOR) {
			return null;
		}
		return "JGroups " + engine() + " is on the class path, this release was built for JGroups " + BUILT_FOR
				+ ": it was not tested with it, and does not connect with nodes that have that. "
				+ "Leave the version of org.jgroups:jgroups to the starter (docs/upgrading.md)";
	}

	private String engine() {
		return this.engineMajor + "." + this.engineMinor;
	}

	private String wire() {
		return (this.oldest == this.newest) ? String.valueOf(this.newest) : this.oldest + " to " + this.newest;
	}

}
