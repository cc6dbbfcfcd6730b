package io.clusterspring.stomp;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.user.SimpUserRegistry;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterTransport;
import io.clusterspring.Node;
import io.clusterspring.local.LocalNetwork;

/**
 * A node that runs an application with a STOMP broker, and its clients.
 */
final class StompNode implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final List<StompClient> clients = new ArrayList<>();

	private StompNode(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start a node.
	 * @param node its name
	 * @param network the in-memory network, or {@code null} for JGroups
	 * @param source the application
	 * @param more further arguments
	 */
	static StompNode start(String node, @Nullable LocalNetwork network, Class<?> source, String... more) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--cluster.node=" + node,
				"--cluster.stomp.receipts.enabled=true", "--spring.main.register-shutdown-hook=false"));
		arguments.addAll(List.of(more));
		SpringApplication application = new SpringApplicationBuilder(source).initializers((context) -> {
			if (network != null) {
				((GenericApplicationContext) context).registerBean(ClusterTransport.class,
						() -> network.transport(Node.of(node)));
			}
		}).build();
		application.setListeners(application.getListeners()
			.stream()
			.filter((listener) -> !(listener instanceof LoggingApplicationListener))
			.toList());
		return new StompNode(application.run(arguments.toArray(String[]::new)));
	}

	StompClient connect(@Nullable String user) {
		StompClient client = StompClient.connect(port(), user);
		this.clients.add(client);
		return client;
	}

	int port() {
		return ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	SimpMessagingTemplate template() {
		return bean(SimpMessagingTemplate.class);
	}

	SimpUserRegistry users() {
		return bean(SimpUserRegistry.class);
	}

	Node node() {
		return bean(Cluster.class).self();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	void closeClients() {
		this.clients.forEach(StompClient::close);
		this.clients.clear();
	}

	@Override
	public void close() {
		closeClients();
		this.context.close();
	}

}
