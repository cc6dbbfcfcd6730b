package io.clusterspring.autoconfigure;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jgroups.JChannel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

import io.clusterspring.ClusterTransport;
import io.clusterspring.NodeAddress;
import io.clusterspring.PayloadLimit;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;
import io.clusterspring.jgroups.engine.JGroupsTransport;
import io.clusterspring.jgroups.guard.ConnectionSecurity;

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

	static void checkHeap(DataSize maxPayloadSize, long heap) {
		String warning = new PayloadLimit(maxPayloadSize.toBytes()).warning(heap);
		if (warning != null) {
			logger.warn(warning);
		}
	}

}
