package io.clusterspring.samples.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A proxy with the configuration that the documentation shows. Only its addresses, its
 * port and its time-outs are others.
 */
final class ProxyProcess implements AutoCloseable {

	private static final Path PAGE = Path.of("../docs/proxy.md");

	private final Process process;

	private final int port;

	private ProxyProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static ProxyProcess nginx(int port, ChatNode n1, ChatNode n2) throws IOException {
		Path nginx = find("nginx", "/usr/sbin/nginx");
		Path home = Files.createTempDirectory("nginx");
		String body = example("nginx", n1, n2).replace("listen 80;", "listen 127.0.0.1:" + port + ";");
		Path file = Files.writeString(home.resolve("nginx.conf"), """
				user root; daemon off; pid %1$s/pid; error_log stderr info;
				events { worker_connections 512; }
				http {
				  access_log off;
				  client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
				  uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
				  %2$s
				}
				""".formatted(home, body));
		return start(home, port, nginx.toString(), "-p", home.toString(), "-e", "stderr", "-c", file.toString());
	}

	static ProxyProcess haproxy(int port, ChatNode n1, ChatNode n2) throws IOException {
		Path haproxy = find("haproxy", "/usr/sbin/haproxy");
		Path home = Files.createTempDirectory("haproxy");
		String body = example("haproxy", n1, n2).replace("bind :80", "bind 127.0.0.1:" + port);
		Path file = Files.writeString(home.resolve("haproxy.cfg"), body + "\n");
		return start(home, port, haproxy.toString(), "-db", "-f", file.toString());
	}

	private static Path find(String name, String path) {
		boolean present = Files.isExecutable(Path.of(path));
		if ("true".equals(System.getenv("CI"))) {
			assertThat(present).as("%s, which CI has to have", path).isTrue();
		}
		Assumptions.assumeTrue(present, () -> name + " is missing");
		return Path.of(path);
	}

	private static String example(String language, ChatNode n1, ChatNode n2) throws IOException {
		String example = fence(language, "");
		return onThisMachine(example, n1, n2);
	}

	/**
	 * Return an example of the page.
	 * @param language its language
	 * @param start how it starts
	 * @return the example
	 */
	static String fence(String language, String start) throws IOException {
		Matcher fence = Pattern.compile("(?s)```" + language + "\n(" + Pattern.quote(start) + ".*?)\n```")
			.matcher(Files.readString(PAGE));
		assertThat(fence.find()).as("example for %s", language).isTrue();
		return fence.group(1);
	}

	static String onThisMachine(String example, ChatNode n1, ChatNode n2) {
		assertThat(example).contains("10.0.0.1:8080", "10.0.0.2:8080", "75s");
		return example.replace("10.0.0.1:8080", "127.0.0.1:" + n1.httpPort())
			.replace("10.0.0.2:8080", "127.0.0.1:" + n2.httpPort())
			.replace("75s", "6s")
			// the sample has no actuator
			.replace("/actuator/health/readiness", "/cluster.json");
	}

	static ProxyProcess start(Path home, int port, String... command) throws IOException {
		Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
			.redirectOutput(home.resolve("log").toFile())
			.start();
		ProxyProcess proxy = new ProxyProcess(process, port);
		ChatNode.eventually().until(() -> {
			assertThat(process.isAlive()).as("the proxy, its log: %s", Files.readString(home.resolve("log"))).isTrue();
			return proxy.listens();
		});
		return proxy;
	}

	private boolean listens() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	String url() {
		return "http://127.0.0.1:" + this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
