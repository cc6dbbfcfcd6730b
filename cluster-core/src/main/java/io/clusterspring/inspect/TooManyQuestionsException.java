package io.clusterspring.inspect;

/**
 * Thrown when too many questions of this node wait for answers.
 */
public final class TooManyQuestionsException extends IllegalStateException {

	TooManyQuestionsException(int most) {
		super(most + " questions of this node wait for answers; ask again when one of them is answered");
	}

}
