package io.clusterspring.http.events;

import java.util.Locale;

/**
 * Why a client was refused, for meters.
 */
public enum EventsRefusal {

	/** There are too many connections. */
	FULL,

	/** It does not accept server-sent events. */
	ACCEPT,

	/** Its request cannot be read, or names a topic that is not possible. */
	MALFORMED,

	/** Its page has a foreign origin. */
	ORIGIN,

	/** An authorizer has refused it. */
	UNAUTHORIZED,

	/** This node stops, or is out of the cluster. */
	UNAVAILABLE;

	/**
	 * Return the value of the tag of meters.
	 * @return the name in lower case
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
