package io.clusterspring.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Chromium of its own, driven by chromedriver over the W3C's WebDriver protocol.
 */
final class Browser implements AutoCloseable {

	private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");

	private static final List<String> ARGUMENTS = List.of("--headless=new", "--no-sandbox", "--disable-gpu",
			"--disable-quic", "--disable-dev-shm-usage", "--disable-sync", "--disable-component-update",
			"--no-first-run", "--disable-background-networking", "--no-proxy-server", "--window-size=1280,900",
			"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");

	private final HttpClient http = HttpClient.newHttpClient();

	private final Process driver;

	private final String url;

	private final String session;

	private Browser(Process driver, int port) {
		this.driver = driver;
		this.url = "http://127.0.0.1:" + port;
		Path chromium = Tool.program("the package chromium", "chromium", "chromium-browser", "google-chrome");
		Map<String, Object> capabilities = Map.of("goog:loggingPrefs", Map.of("browser", "ALL"), "goog:chromeOptions",
				Map.of("binary", chromium.toString(), "args", ARGUMENTS));
		JsonNode started = call("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", capabilities)));
		this.session = "/session/" + started.path("sessionId").asString();
	}

	static Browser launch() {
		Path program = Tool.program("the package chromium-driver", "chromedriver");
		try {
			Process driver = new ProcessBuilder(program.toString(), "--port=0").redirectErrorStream(true).start();
			try {
				return new Browser(driver, port(driver));
			}
			catch (RuntimeException | Error ex) {
				driver.destroyForcibly();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int port(Process driver) throws IOException {
		BufferedReader output = driver.inputReader();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			Matcher started = STARTED.matcher(line);
			if (started.find()) {
				return Integer.parseInt(started.group(1));
			}
		}
		throw new IllegalStateException("chromedriver has ended");
	}

	void open(String address) {
		call("POST", this.session + "/url", Map.of("url", address));
	}

	/**
	 * Run a script in the page and return its value.
	 */
	JsonNode run(String script, Object... arguments) {
		return call("POST", this.session + "/execute/sync", Map.of("script", script, "args", List.of(arguments)));
	}

	/**
	 * Run a script that calls its last argument with its value.
	 */
	JsonNode await(String script, Object... arguments) {
		return call("POST", this.session + "/execute/async", Map.of("script", script, "args", List.of(arguments)));
	}

	/**
	 * Press keys one after the other, each a character of WebDriver.
	 */
	void press(String keys) {
		List<Map<String, String>> actions = new ArrayList<>();
		keys.codePoints().mapToObj(Character::toString).forEach((key) -> {
			actions.add(Map.of("type", "keyDown", "value", key));
			actions.add(Map.of("type", "keyUp", "value", key));
		});
		call("POST", this.session + "/actions",
				Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
	}

	/**
	 * Give the page the size of a screen.
	 */
	void showOn(int width, int height) {
		devTools("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
	}

	void prefer(String scheme) {
		devTools("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/**
	 * Make the page believe that it is hidden, or visible again.
	 */
	void hide(boolean hidden) {
		run("Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });"
				+ "document.dispatchEvent(new Event('visibilitychange'))", hidden);
	}

	JsonNode devTools(String command, Map<String, ?> parameters) {
		return call("POST", this.session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
	}

	/**
	 * Return what the console has of errors since the last call, without requests that
	 * were not answered.
	 */
	List<String> errors() {
		List<String> errors = new ArrayList<>();
		for (JsonNode entry : call("POST", this.session + "/se/log", Map.of("type", "browser"))) {
			String message = entry.path("message").asString();
			boolean network = entry.path("source").asString().equals("network");
			if (!network && (entry.path("level").asString().equals("SEVERE") || message.contains("Security Policy"))) {
				errors.add(message);
			}
		}
		return errors;
	}

	void saveScreen(Path file) {
		JsonNode png = call("GET", this.session + "/screenshot", null);
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, Base64.getDecoder().decode(png.asString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private JsonNode call(String method, String path, @Nullable Object body) {
		HttpRequest.BodyPublisher publisher = (body != null)
				? HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))
				: HttpRequest.BodyPublishers.noBody();
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + path))
			.timeout(Duration.ofMinutes(2))
			.method(method, publisher)
			.build();
		try {
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			JsonNode value = JsonMapper.shared().readTree(response.body()).path("value");
			if (response.statusCode() != 200) {
				throw new IllegalStateException(path + ": " + value);
			}
			return value;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			call("DELETE", this.session, null);
		}
		finally {
			this.driver.destroyForcibly();
		}
	}

}
