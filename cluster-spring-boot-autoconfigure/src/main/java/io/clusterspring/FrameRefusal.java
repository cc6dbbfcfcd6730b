package io.clusterspring;

/**
 * Why something that came from another node was not read. A node of the cluster sends
 * nothing of the kind: either its version is too far from this one's, or somebody who was
 * let in is hostile.
 */
public enum FrameRefusal {

	/**
	 * It announced more than a node ever sends.
	 */
	SIZE("size", "it announced more bytes than a node sends at once"),

	/**
	 * It ended too early, or held what can be no part of it.
	 */
	FORM("form", "it is not well-formed"),

	/**
	 * It was a kind of message that the protocols of the node do not send, or its content
	 * was not what its headers say.
	 */
	MESSAGE("message", "it is a kind of message that no node sends"),

	/**
	 * It had a header of a protocol that the node does not have.
	 */
	HEADER("header", "it has a header of a protocol that this node does not have"),

	/**
	 * It would have made the engine create an object of a class that no node sends.
	 */
	OBJECT("object", "it asks for an object of a class that no node sends"),

	/**
	 * It was a part of a message that is too large, or too many such were begun.
	 */
	FRAGMENT("fragment", "it is part of a message that is too large"),

	/**
	 * Its number was too far ahead of those before it.
	 */
	WINDOW("window", "its number is too far ahead"),

	/**
	 * Too many others that are no members had sent something before it.
	 */
	STRANGER("stranger", "too many that are in no view speak at once");

	private final String tag;

	private final String explanation;

	FrameRefusal(String tag, String explanation) {
		this.tag = tag;
		this.explanation = explanation;
	}

	/**
	 * Return the value of the tag {@code reason} of the meter.
	 * @return a lower-case word
	 */
	public String tag() {
		return this.tag;
	}

	/**
	 * Return what was wrong, for the log.
	 * @return the rest of a sentence
	 */
	public String explanation() {
		return this.explanation;
	}

}
