package io.clusterspring.autoconfigure;

import java.util.List;

import org.jgroups.JChannel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;

import io.clusterspring.ClusterTransport;
import io.clusterspring.NodeAddress;
import io.clusterspring.jgroups.ConnectionSecurity;
import io.clusterspring.jgroups.JGroupsChannelCustomizer;
import io.clusterspring.jgroups.JGroupsTransport;
import io.clusterspring.jgroups.NodeLookup;
import io.clusterspring.jgroups.PortRange;

@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JChannel.class)
class JGroupsTransportConfiguration {

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

}
