package io.clusterspring.jgroups.discovery;

import java.io.FileNotFoundException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

import org.jgroups.logging.Log;
import org.jgroups.logging.LogFactory;
import org.jgroups.protocols.kubernetes.Client;
import org.jgroups.protocols.kubernetes.Pod;
import org.jgroups.protocols.kubernetes.stream.TokenStreamProvider;

import io.clusterspring.Seed;
import io.clusterspring.jgroups.NodeLookup;

/**
 * Nodes are the pods with certain labels, as the API of Kubernetes lists them, ready or
 * not. The API is that which KUBE_PING of jgroups-kubernetes uses, with the service
 * account of the pod; the account must be allowed to list pods.
 */
final class KubernetesLookup implements NodeLookup {

	private static final Log logger = LogFactory.getLog(KubernetesLookup.class);

	private static final int CONNECT_MILLIS = 1000;

	private static final int READ_MILLIS = 5000;

	private final String server;

	private final String namespace;

	private final String labels;

	private final Path certificates;

	private final Client client;

	KubernetesLookup(String server, String namespace, String labels, Path account) {
		this.server = server;
		this.namespace = namespace;
		this.labels = labels;
		this.certificates = account.resolve("ca.crt");
		this.client = new Client(server + "/api/v1", new HashMap<>(), CONNECT_MILLIS, READ_MILLIS, 1, 0,
				new TokenStreamProvider(account.resolve("token").toString(), this.certificates.toString()), logger);
	}

	@Override
	public Found lookUp(InetAddress own) throws Exception {
		if (this.server.startsWith("https:") && !Files.isReadable(this.certificates)) {
			// the client would trust any server, and hand it the token
			throw new FileNotFoundException("the certificates of the API server, " + this.certificates);
		}
		List<Seed> places = new ArrayList<>();
		boolean complete = false;
		for (Pod pod : this.client.getPods(this.namespace, this.labels, false)) {
			complete |= InetAddress.getByName(pod.getIp()).equals(own);
			places.add(new Seed(pod.getIp(), null));
		}
		return new Found(places, complete);
	}

	@Override
	public Duration interval() {
		return Duration.ofSeconds(5);
	}

}
