package io.clusterspring.http.events;

import java.util.Locale;

/**
 * Why the connection of a client has ended, for meters.
 */
public enum EventsEnd {

	/** The client has gone. */
	GONE,

	/** The client did not read. */
	SLOW,

	/** The moment until which the client may be connected has come. */
	EXPIRED,

	/** The client has lost its right. */
	REVOKED,

	/** This node stops, or is out of the cluster. */
	DRAINED;

	/**
	 * Return the value of the tag of meters.
	 * @return the name in lower case
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
