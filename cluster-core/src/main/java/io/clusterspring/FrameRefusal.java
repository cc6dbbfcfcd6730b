package io.clusterspring;

/**
 * The reason why something that came from another node was refused. Except for
 * {@link #EARLY} and {@link #OUTSIDE}, a correct node sends nothing of the kind: either
 * its version differs too much from this node's, or an attacker has got into the cluster.
 */
public enum FrameRefusal {

	/** It announced more than a node ever sends. */
	SIZE("size", "it announced more bytes than a node sends at once"),

	/** It ended too early, or had content that is not valid. */
	FORM("form", "it is not well-formed"),

	/**
	 * It was a kind of message that no protocol of this node sends, or its content did
	 * not match its headers.
	 */
	MESSAGE("message", "it is a kind of message that no node sends"),

	/** It had a header of a protocol that the node does not have. */
	HEADER("header", "it has a header of a protocol that this node does not have"),

	/** It would have made the engine create an object of a class that no node sends. */
	OBJECT("object", "it asks for an object of a class that no node sends"),

	/**
	 * It was part of a message that is too large, or too many such messages were
	 * unfinished.
	 */
	FRAGMENT("fragment", "it is part of a message that is too large"),

	/** Its sequence number was too far ahead. */
	WINDOW("window", "its sequence number is too far ahead"),

	/** Too many other senders that are not members had sent something before it. */
	STRANGER("stranger", "too many senders that are not members of the view send at once"),

	/**
	 * Its sender was not in the view yet, and too many messages of such senders already
	 * waited.
	 */
	EARLY("early", "too many messages wait from nodes that are not in the view yet"),

	/** Its sender was not in the view, and did not join it soon. */
	OUTSIDE("outside", "its sender is not in the view");

	private final String tag;

	private final String explanation;

	FrameRefusal(String tag, String explanation) {
		this.tag = tag;
		this.explanation = explanation;
	}

	/**
	 * Return whether correct nodes of one version can cause this while their views
	 * change.
	 * @return {@code false} if no correct node sends such a message
	 */
	public boolean isUsual() {
		return this == EARLY || this == OUTSIDE;
	}

	/**
	 * Return the value of the tag {@code reason} of the meter.
	 * @return a lower-case word
	 */
	public String tag() {
		return this.tag;
	}

	/**
	 * Return an explanation for the log.
	 * @return the rest of a sentence
	 */
	public String explanation() {
		return this.explanation;
	}

}
