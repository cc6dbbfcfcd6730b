package io.clusterspring.channel.controller;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says which field of a payload is wrong, in words for the client: they have no class
 * names.
 */
final class PayloadErrors {

	/** The name for the payload as a whole, in place of a field's. */
	private static final String WHOLE = "payload";

	private PayloadErrors() {
	}

	/**
	 * Return the errors of a payload that was read and is not valid.
	 * @param result the errors of its fields
	 * @return the messages by the names of fields
	 */
	static Map<String, String> of(@Nullable BindingResult result) {
		Map<String, String> errors = new LinkedHashMap<>();
		if (result != null) {
			result.getAllErrors()
				.forEach((error) -> errors.putIfAbsent((error instanceof FieldError field) ? field.getField() : WHOLE,
						String.valueOf(error.getDefaultMessage())));
		}
		return errors;
	}

	/**
	 * Return the error of a payload that cannot be read.
	 * @param failure the failure to read it
	 * @return the message by the name of the field
	 */
	static Map<String, String> of(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof JacksonException)) {
			cause = cause.getCause();
		}
		return (cause instanceof JacksonException reason) ? Map.of(path(reason.getPath()), text(reason))
				: Map.of(WHOLE, "has the wrong form");
	}

	private static String path(List<JacksonException.Reference> references) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : references) {
			if (reference.getPropertyName() == null) {
				path.append('[').append(reference.getIndex()).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
			}
		}
		return path.isEmpty() ? WHOLE : path.toString();
	}

	private static String text(JacksonException reason) {
		if (reason instanceof UnrecognizedPropertyException) {
			return "is unknown";
		}
		Class<?> wanted = (reason instanceof MismatchedInputException mismatch) ? mismatch.getTargetType() : null;
		return (wanted != null) ? "must be " + describe(ClassUtils.resolvePrimitiveIfNecessary(wanted))
				: "cannot be read";
	}

	private static String describe(Class<?> type) {
		if (Number.class.isAssignableFrom(type)) {
			return "a number";
		}
		if (type == Boolean.class) {
			return "true or false";
		}
		if (type == String.class || type == Character.class) {
			return "a string";
		}
		if (type == byte[].class) {
			return "binary";
		}
		if (type.isArray() || Collection.class.isAssignableFrom(type)) {
			return "a list";
		}
		return (type.isEnum() || type.getName().startsWith("java.")) ? "a value of another form" : "an object";
	}

}
