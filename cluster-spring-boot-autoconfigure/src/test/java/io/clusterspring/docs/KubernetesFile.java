package io.clusterspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The file with an application on Kubernetes.
 */
final class KubernetesFile {

	static final String NAME = "docs/kubernetes/cluster.yaml";

	private final List<Map<String, Object>> objects;

	KubernetesFile() {
		try {
			this.objects = parse(Files.readString(Page.root().resolve(NAME)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read the objects of a text.
	 * @param text the YAML, whose keys may not be there twice
	 */
	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> parse(String text) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		List<Map<String, Object>> objects = new ArrayList<>();
		new Yaml(new SafeConstructor(options)).loadAll(text)
			.forEach((object) -> objects.add((Map<String, Object>) object));
		return objects;
	}

	List<Map<String, Object>> objects() {
		return this.objects;
	}

	/**
	 * Return the objects of a kind.
	 */
	List<Map<String, Object>> objects(String kind) {
		return this.objects.stream().filter((object) -> object.get("kind").equals(kind)).toList();
	}

	/**
	 * Return the pod of the deployment.
	 */
	Object pod() {
		return at(objects("Deployment").get(0), "spec", "template", "spec");
	}

	/**
	 * Return the only container of the pod.
	 */
	Object container() {
		return at(pod(), "containers", 0);
	}

	/**
	 * Return the numbers of the container's ports, by name.
	 */
	Map<String, Integer> ports() {
		Map<String, Integer> ports = new LinkedHashMap<>();
		list(container(), "ports").forEach((port) -> ports.put((String) at(port, "name"), at(port, "containerPort")));
		return ports;
	}

	/**
	 * Return the variables of the container's environment that have a value in the file.
	 */
	Map<String, String> environment() {
		Map<String, String> environment = new LinkedHashMap<>();
		for (Object variable : list(container(), "env")) {
			if (((Map<?, ?>) variable).containsKey("value")) {
				environment.put(at(variable, "name"), at(variable, "value"));
			}
		}
		return environment;
	}

	/**
	 * Return a value.
	 * @param from the object that has it
	 * @param path keys and indexes
	 */
	@SuppressWarnings("unchecked")
	static <T> T at(Object from, Object... path) {
		Object value = from;
		for (Object key : path) {
			value = (key instanceof Integer index) ? ((List<?>) value).get(index) : ((Map<?, ?>) value).get(key);
			if (value == null) {
				throw new IllegalStateException("No " + key + " of " + List.of(path) + " in " + from);
			}
		}
		return (T) value;
	}

	static List<Object> list(Object from, Object... path) {
		return at(from, path);
	}

}
