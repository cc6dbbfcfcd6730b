package io.clusterspring.samples.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells {@code two-nodes.sh} to kill or to start a node, for the page that shows both
 * side by side. Pages of other origins and other machines are refused.
 */
@RestController
@ConditionalOnProperty("chat.lab.pipe")
@EnableConfigurationProperties(Lab.class)
class LabController {

	private static final Set<String> ORDERS = Set.of("kill", "start");

	private final Lab lab;

	LabController(Lab lab) {
		this.lab = lab;
	}

	@GetMapping("/lab.json")
	Map<String, String> nodes() {
		return this.lab.nodes();
	}

	@PostMapping("/lab/{node}/{order}")
	ResponseEntity<Void> order(@PathVariable("node") String node, @PathVariable("order") String order,
			HttpServletRequest request) throws IOException {
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		boolean loopback = InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
		if (!this.lab.isOurs(loopback, request.getHeader(HttpHeaders.HOST), origin)) {
			return ResponseEntity.status(HttpStatus.FORBIDDEN).build();
		}
		if (!this.lab.nodes().containsKey(node) || !ORDERS.contains(order)) {
			return ResponseEntity.notFound().build();
		}
		Files.writeString(this.lab.pipe(), order + " " + node + "\n", StandardOpenOption.WRITE);
		return ResponseEntity.accepted().header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin).build();
	}

}
