package io.clusterspring.docs;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The Kubernetes API as its generated classes describe it: which fields an object has, of
 * which types, and which it must have. The classes themselves do not tell a number from a
 * text, which the API server refuses.
 */
final class KubernetesSchema {

	private static final String MODELS = "io.kubernetes.client.openapi.models.";

	private static final Map<String, String> VERSIONS = Map.of("Secret", "v1", "Service", "v1", "ServiceAccount", "v1",
			"Deployment", "apps/v1", "Ingress", "networking.k8s.io/v1", "NetworkPolicy", "networking.k8s.io/v1",
			"PodDisruptionBudget", "policy/v1", "Role", "rbac.authorization.k8s.io/v1", "RoleBinding",
			"rbac.authorization.k8s.io/v1");

	private final List<String> problems = new ArrayList<>();

	private KubernetesSchema() {
	}

	/**
	 * Return what is wrong with an object.
	 * @param object the object, as read from YAML
	 * @return one line for each problem
	 */
	static List<String> problems(Map<String, Object> object) {
		String kind = String.valueOf(object.get("kind"));
		String version = VERSIONS.get(kind);
		if (version == null || !version.equals(object.get("apiVersion"))) {
			return List.of(kind + ": no kind of " + object.get("apiVersion"));
		}
		KubernetesSchema schema = new KubernetesSchema();
		schema.check(object, ClassUtils.resolveClassName(MODELS + "V1" + kind, null), kind);
		return schema.problems;
	}

	private void check(@Nullable Object value, Type type, String path) {
		if (type instanceof ParameterizedType generic) {
			checkAll(value, generic, path);
		}
		else if (type instanceof Class<?> model && model.getName().startsWith(MODELS)) {
			checkFields(value, model, path);
		}
		else if (!matches(value, type)) {
			this.problems.add(path + ": " + value + " is no " + ((Class<?>) type).getSimpleName());
		}
	}

	private void checkAll(@Nullable Object value, ParameterizedType type, String path) {
		Type[] arguments = type.getActualTypeArguments();
		Type element = arguments[arguments.length - 1];
		if (type.getRawType() == Map.class && value instanceof Map<?, ?> entries) {
			entries.forEach((key, entry) -> {
				check(key, String.class, path + "." + key);
				check(entry, element, path + "." + key);
			});
		}
		else if (type.getRawType() != Map.class && value instanceof List<?> elements) {
			for (int i = 0; i < elements.size(); i++) {
				check(elements.get(i), element, path + "[" + i + "]");
			}
		}
		else {
			this.problems.add(path + ": " + value + " is no " + type.getRawType().getTypeName());
		}
	}

	private void checkFields(@Nullable Object value, Class<?> model, String path) {
		if (!(value instanceof Map<?, ?> entries)) {
			this.problems.add(path + ": " + value + " is no " + model.getSimpleName());
			return;
		}
		Map<String, Type> fields = new TreeMap<>();
		for (Field field : model.getDeclaredFields()) {
			SerializedName name = field.getAnnotation(SerializedName.class);
			if (name != null) {
				fields.put(name.value(), field.getGenericType());
			}
		}
		entries.forEach((key, entry) -> {
			Type type = fields.get(String.valueOf(key));
			if (type != null) {
				check(entry, type, path + "." + key);
			}
			else {
				this.problems.add(path + "." + key + ": unknown, known are " + fields.keySet());
			}
		});
		required(model).stream()
			.filter((name) -> !entries.containsKey(name))
			.forEach((name) -> this.problems.add(path + "." + name + ": missing"));
	}

	private static boolean matches(@Nullable Object value, Type type) {
		if (type == Integer.class || type == Long.class) {
			return value instanceof Integer;
		}
		if (type == IntOrString.class) {
			return value instanceof Integer || value instanceof String;
		}
		if (type == Quantity.class) {
			return String.valueOf(value).matches("\\d+(\\.\\d+)?(m|k|[KMGT]i?)?");
		}
		return ((Class<?>) type).isInstance(value);
	}

	@SuppressWarnings("unchecked")
	private static Set<String> required(Class<?> model) {
		Field field = ReflectionUtils.findField(model, "openapiRequiredFields");
		return (Set<String>) ReflectionUtils.getField(field, null);
	}

}
