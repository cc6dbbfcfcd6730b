package io.clusterspring.docs;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a type that others see: its declaration, and the signatures of its public
 * and protected members. Members that Java adds to each record, enum and object are left
 * out.
 */
final class Signatures {

	private static final Set<String> OF_OBJECTS = Set.of("equals", "hashCode", "toString");

	private final Class<?> type;

	private final Set<String> shown = new TreeSet<>();

	private final String declaration;

	private final List<String> members = new ArrayList<>();

	Signatures(Class<?> type) {
		this.type = type;
		this.declaration = declare();
		Stream.of(type.getDeclaredFields()).filter(this::isVisible).map(this::field).forEach(this.members::add);
		Stream.of(type.getDeclaredConstructors())
			.filter((constructor) -> isVisible(constructor) && !isImplied(constructor))
			.map(this::constructor)
			.forEach(this.members::add);
		Stream.of(type.getDeclaredMethods())
			.filter((method) -> isVisible(method) && !isImplied(method))
			.map(this::method)
			.forEach(this.members::add);
		Collections.sort(this.members);
	}

	/**
	 * Return the declaration, and each member on a line of its own.
	 */
	String text() {
		return this.declaration + "\n"
				+ this.members.stream().map((member) -> "\t" + member + "\n").collect(Collectors.joining());
	}

	/**
	 * Return the names of all types in the signatures.
	 */
	Set<String> shown() {
		return this.shown;
	}

	private String declare() {
		Class<?> superclass = this.type.getSuperclass();
		boolean extending = superclass != null && superclass != Object.class && !this.type.isEnum()
				&& !this.type.isRecord();
		List<String> interfaces = this.type.isAnnotation() ? List.of()
				: Stream.of(this.type.getAnnotatedInterfaces()).map(this::name).toList();
		String header = this.type.isRecord() ? "("
				+ Stream.of(this.type.getRecordComponents()).map(this::component).collect(Collectors.joining(", "))
				+ ")" : "";
		return kind() + this.type.getCanonicalName() + variables(this.type.getTypeParameters()) + header
				+ (extending ? " extends " + name(this.type.getAnnotatedSuperclass()) : "") + (interfaces.isEmpty() ? ""
						: (this.type.isInterface() ? " extends " : " implements ") + String.join(", ", interfaces));
	}

	private String kind() {
		String sealed = this.type.isSealed() ? "sealed " : "";
		if (this.type.isAnnotation()) {
			return "@interface ";
		}
		if (this.type.isInterface()) {
			return sealed + "interface ";
		}
		if (this.type.isEnum() || this.type.isRecord()) {
			return this.type.isEnum() ? "enum " : "record ";
		}
		int modifiers = this.type.getModifiers() & (Modifier.ABSTRACT | Modifier.FINAL);
		return sealed + ((modifiers != 0) ? Modifier.toString(modifiers) + " " : "") + "class ";
	}

	private String component(RecordComponent component) {
		return name(component.getAnnotatedType()) + " " + component.getName();
	}

	private String field(Field field) {
		return field.isEnumConstant() ? field.getName()
				: modifiers(field) + name(field.getAnnotatedType()) + " " + field.getName();
	}

	private String constructor(Constructor<?> constructor) {
		return modifiers(constructor) + variables(constructor.getTypeParameters()) + this.type.getSimpleName()
				+ parameters(constructor);
	}

	private String method(Method method) {
		String value = (method.getDefaultValue() != null) ? " default " + value(method.getDefaultValue()) : "";
		String variables = variables(method.getTypeParameters());
		return modifiers(method) + (method.isDefault() ? "default " : "") + variables + (variables.isEmpty() ? "" : " ")
				+ name(method.getAnnotatedReturnType()) + " " + method.getName() + parameters(method) + value;
	}

	private String value(Object value) {
		return (value instanceof Object[] values) ? Arrays.toString(values)
				: (value instanceof String) ? "\"" + value + "\"" : value.toString();
	}

	private String parameters(Executable executable) {
		List<String> types = new ArrayList<>();
		for (AnnotatedType parameter : executable.getAnnotatedParameterTypes()) {
			types.add(name(parameter));
		}
		if (executable.isVarArgs()) {
			types.add(types.remove(types.size() - 1).replaceAll("\\[]$", "..."));
		}
		String thrown = Stream.of(executable.getAnnotatedExceptionTypes())
			.map(this::name)
			.collect(Collectors.joining(", "));
		return "(" + String.join(", ", types) + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
	}

	private String modifiers(Member member) {
		int kept = Modifier.PROTECTED | Modifier.STATIC;
		if (!this.type.isInterface()) {
			kept |= Modifier.ABSTRACT;
		}
		if (member instanceof Field || !Modifier.isFinal(this.type.getModifiers())) {
			kept |= Modifier.FINAL;
		}
		String modifiers = Modifier.toString(member.getModifiers() & kept);
		return modifiers.isEmpty() ? "" : modifiers + " ";
	}

	private String variables(TypeVariable<?>[] variables) {
		return (variables.length == 0) ? ""
				: Stream.of(variables).map(this::variable).collect(Collectors.joining(", ", "<", ">"));
	}

	private String variable(TypeVariable<?> variable) {
		String bounds = Stream.of(variable.getAnnotatedBounds())
			.map(this::name)
			.filter((bound) -> !bound.equals("Object"))
			.collect(Collectors.joining(" & "));
		return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
	}

	private String name(AnnotatedType annotated) {
		String nullable = annotated.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
		if (annotated instanceof AnnotatedArrayType array) {
			return name(array.getAnnotatedGenericComponentType()) + (nullable.isEmpty() ? "" : " " + nullable) + "[]";
		}
		if (annotated instanceof AnnotatedParameterizedType generic) {
			return nullable + name((Class<?>) ((ParameterizedType) generic.getType()).getRawType())
					+ Stream.of(generic.getAnnotatedActualTypeArguments())
						.map(this::name)
						.collect(Collectors.joining(", ", "<", ">"));
		}
		if (annotated instanceof AnnotatedWildcardType wildcard) {
			return wildcard(wildcard);
		}
		return nullable + ((annotated instanceof AnnotatedTypeVariable) ? annotated.getType().getTypeName()
				: name((Class<?>) annotated.getType()));
	}

	private String wildcard(AnnotatedWildcardType wildcard) {
		if (wildcard.getAnnotatedLowerBounds().length > 0) {
			return "? super " + name(wildcard.getAnnotatedLowerBounds()[0]);
		}
		String bound = name(wildcard.getAnnotatedUpperBounds()[0]);
		return bound.equals("Object") ? "?" : "? extends " + bound;
	}

	private String name(Class<?> named) {
		this.shown.add(named.getName());
		String name = named.getCanonicalName();
		boolean known = name.startsWith("java.") || name.startsWith("io.clusterspring.");
		return known ? name.substring(named.getPackageName().length() + 1) : name;
	}

	private boolean isVisible(Member member) {
		boolean inherited = Modifier.isProtected(member.getModifiers()) && !Modifier.isFinal(this.type.getModifiers());
		return (Modifier.isPublic(member.getModifiers()) || inherited) && !member.isSynthetic();
	}

	private boolean isImplied(Constructor<?> constructor) {
		return this.type.isRecord() && Arrays.equals(constructor.getParameterTypes(),
				Stream.of(this.type.getRecordComponents()).map(RecordComponent::getType).toArray());
	}

	private boolean isImplied(Method method) {
		if (OF_OBJECTS.contains(method.getName())) {
			return true;
		}
		if (this.type.isEnum() && Modifier.isStatic(method.getModifiers())) {
			return method.getName().equals("values") || method.getName().equals("valueOf");
		}
		return this.type.isRecord() && method.getParameterCount() == 0 && Stream.of(this.type.getRecordComponents())
			.anyMatch((component) -> component.getName().equals(method.getName()));
	}

}
