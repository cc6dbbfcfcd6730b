package io.clusterspring.http;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

import io.clusterspring.text.LogText;

/**
 * Tells a client why its text is not JSON, and where.
 */
public final class NotJson {

	/** Jackson names the place of the beginning here, with a source that it hides. */
	private static final String ABOUT_SOURCE = " (start marker at";

	private NotJson() {
	}

	/**
	 * Describe what is wrong with a text.
	 * @param failure what the parser has thrown
	 * @return the first clause of its message, and the place in the text
	 */
	public static String describe(JacksonException failure) {
		String message = String.valueOf(failure.getOriginalMessage());
		for (String end : new String[] { "\n", ABOUT_SOURCE, "[Source" }) {
			int at = message.indexOf(end);
			message = (at >= 0) ? message.substring(0, at) : message;
		}
		TokenStreamLocation place = failure.getLocation();
		return LogText.of(message.strip()) + ((place != null && place.getLineNr() > 0)
				? ", in line " + place.getLineNr() + ", column " + place.getColumnNr() : "");
	}

}
