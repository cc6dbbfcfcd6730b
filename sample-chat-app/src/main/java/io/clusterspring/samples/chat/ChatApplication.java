package io.clusterspring.samples.chat;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The sample chat. Two processes on one machine form a cluster of two nodes.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class ChatApplication {

	/**
	 * Start a node.
	 * @param args properties, such as
	 * {@code --server.port=4001 --cluster.node=n1@127.0.0.1}
	 */
	public static void main(String[] args) {
		SpringApplication.run(ChatApplication.class, args);
	}

}
