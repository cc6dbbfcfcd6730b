package io.clusterspring.autoconfigure;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterTransport;
import io.clusterspring.NodeAddress;
import io.clusterspring.PayloadLimit;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.guard.ConnectionSecurity;
import io.clusterspring.jgroups.guard.ConnectionSecurity.TlsSettings;

@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JChannel.class)
class JGroupsTransportConfiguration {

	private static final Log logger = LogFactory.getLog(JGroupsTransportConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	ConnectionSecurity clusterConnectionSecurity(ClusterProperties properties, ObjectProvider<SslBundles> bundles) {
		String bundle = properties.ssl().bundle();
		return new ConnectionSecurity(properties.cookie(),
				(bundle != null) ? new BundledTls(bundle, bundles.getIfAvailable()) : null);
	}

	@Bean
	@ConditionalOnMissingBean(ClusterTransport.class)
	JGroupsTransport clusterTransport(ClusterProperties properties, Environment environment, NodeLookup lookup,
			ObjectProvider<JGroupsChannelCustomizer> customizers, ConnectionSecurity security) {
		checkHeap(properties.maxPayloadSize(), Runtime.getRuntime().maxMemory());
		String cluster = properties.nameIn(environment);
		NodeAddress node = properties.nodeIn(environment);
		List<JGroupsChannelCustomizer> all = customizers.orderedStream().toList();
		Resource config = properties.jgroups().config();
		if (config != null) {
			return new JGroupsTransport(cluster, node, config, all, security, properties.maxPayloadSize().toBytes());
		}
		return new JGroupsTransport(cluster, node, properties.syncNodes().all(), lookup,
				new PortRange(properties.port(), properties.portRange()), properties.listen(), all, security,
				properties.limits());
	}

	@Bean
	@ConditionalOnBean(JGroupsTransport.class)
	ListedNodesCheck clusterListedNodesCheck(ClusterProperties properties,
			ObjectProvider<ClusterConnectionDetails> details, ObjectProvider<Cluster> cluster) {
		ClusterConnectionDetails present = details.getIfAvailable();
		return new ListedNodesCheck(properties, (present != null) ? present.seeds() : properties.seeds(), cluster);
	}

	static void checkHeap(DataSize maxPayloadSize, long heap) {
		String warning = new PayloadLimit(maxPayloadSize.toBytes()).warning(heap);
		if (warning != null) {
			logger.warn(warning);
		}
	}

	/**
	 * Supplies the present TLS settings of an SSL bundle. After a reload of the bundle,
	 * open connections keep their settings.
	 */
	private static final class BundledTls implements Supplier<TlsSettings> {

		private static final Log logger = LogFactory.getLog(BundledTls.class);

		private static final String[] PROTOCOLS = { "TLSv1.3", "TLSv1.2" };

		private volatile TlsSettings settings;

		BundledTls(String name, @Nullable SslBundles bundles) {
			this.settings = settings(find(name, bundles));
			if (bundles != null) {
				bundles.addBundleUpdateHandler(name, (updated) -> this.settings = settings(updated));
			}
		}

		@Override
		public TlsSettings get() {
			return this.settings;
		}

		private static SslBundle find(String name, @Nullable SslBundles bundles) {
			List<String> known = (bundles != null) ? bundles.getBundleNames() : List.of();
			try {
				if (bundles != null) {
					return bundles.getBundle(name);
				}
			}
			catch (NoSuchSslBundleException ex) {
				// reported below, with the known names
			}
			String names = (known.isEmpty()) ? "there are no bundles" : "known bundles are " + String.join(", ", known);
			throw new InvalidConfigurationPropertyValueException("cluster.ssl.bundle", name,
					"No SSL bundle has this name; " + names + ". SSL bundles are defined below spring.ssl.bundle.");
		}

		private static TlsSettings settings(SslBundle bundle) {
			SSLContext context = bundle.createSslContext();
			String[] protocols = bundle.getOptions().getEnabledProtocols();
			String[] ciphers = bundle.getOptions().getCiphers();
			// fails now, and not at each connection, if the JVM lacks a protocol or
			// cipher
			context.createSSLEngine().setSSLParameters(new SSLParameters(ciphers, protocols));
			TlsSettings settings = new TlsSettings(context, (protocols != null) ? protocols : PROTOCOLS,
					(ciphers != null) ? ciphers : new String[0], certificates(bundle));
			String warning = settings.warning();
			if (warning != null) {
				logger.warn("cluster.ssl.bundle: " + warning);
			}
			return settings;
		}

		private static List<X509Certificate> certificates(SslBundle bundle) {
			List<X509Certificate> found = new ArrayList<>();
			KeyStore store = bundle.getStores().getKeyStore();
			if (store == null) {
				return found;
			}
			try {
				String alias = bundle.getKey().getAlias();
				for (String candidate : Collections.list(store.aliases())) {
					boolean chosen = alias == null || alias.equalsIgnoreCase(candidate);
					if (found.isEmpty() && chosen && store.isKeyEntry(candidate)) {
						for (Certificate certificate : store.getCertificateChain(candidate)) {
							found.add((X509Certificate) certificate);
						}
					}
				}
			}
			catch (KeyStoreException | RuntimeException ex) {
				logger.debug("Cannot read the validity of the certificates of the SSL bundle", ex);
			}
			return found;
		}

	}

}
