package io.clusterspring.autoconfigure;

import java.util.concurrent.Executor;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

import io.clusterspring.Cluster;
import io.clusterspring.ClusterTransport;
import io.clusterspring.ManagedCluster;
import io.clusterspring.TransportListener;
import io.clusterspring.drain.ConnectionDrain;
import io.clusterspring.mailbox.FailureSource;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration for the cluster and its engine.
 */
@AutoConfiguration(after = TaskExecutionAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "cluster.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ClusterProperties.class)
@ImportRuntimeHints(ClusterHints.class)
@Import({ LocalTransportConfiguration.class, DiscoveryConfiguration.class, JGroupsTransportConfiguration.class,
		ClusterExecutorConfiguration.class, UnservedChannelsConfiguration.class,
		UnservedDestinationsConfiguration.class, UnservedTopicsConfiguration.class })
public final class ClusterAutoConfiguration {

	/**
	 * Name of the executor that runs the application's code. It is not injected by type,
	 * so that it does not replace an executor of the application.
	 */
	public static final String EXECUTOR_BEAN_NAME = "clusterTaskExecutor";

	/**
	 * Name of the executor for the starter's own work: messages between nodes, and
	 * long-poll requests. It runs no code of the application and nothing that waits, so
	 * that no handler can block it.
	 */
	public static final String INTERNAL_EXECUTOR_BEAN_NAME = "clusterInternalExecutor";

	@Bean
	static PropertyCheck clusterPropertyCheck(ConfigurableEnvironment environment) {
		return new PropertyCheck(environment);
	}

	@Bean
	@ConditionalOnBean(ClusterTransport.class)
	@ConditionalOnMissingBean
	ClusterWire clusterWire(ClusterTransport transport, @Qualifier(INTERNAL_EXECUTOR_BEAN_NAME) Executor executor,
			ClusterProperties properties) {
		return new ClusterWire(transport, executor, properties.pubsub().mailboxCapacity(),
				properties.pubsub().mailboxBytes());
	}

	@Bean
	@ConditionalOnBean(ClusterTransport.class)
	@ConditionalOnMissingBean(Cluster.class)
	ManagedCluster cluster(ClusterProperties properties, Environment environment, ClusterTransport transport,
			ObjectProvider<TransportListener> listeners, @Qualifier(EXECUTOR_BEAN_NAME) Executor executor,
			ApplicationEventPublisher publisher) {
		return new ManagedCluster(properties.nameIn(environment), transport, properties.syncNodes(),
				listeners.orderedStream().toList(), executor, publisher);
	}

	@Bean
	static EagerBeans clusterEagerBeans() {
		return new EagerBeans();
	}

	@Bean
	@ConditionalOnBean(ClusterTransport.class)
	@ConditionalOnMissingBean
	EvictionResponse evictionResponse(ApplicationContext context, ObjectProvider<ManagedCluster> cluster,
			ObjectProvider<ConnectionDrain> drain, ClusterProperties properties) {
		return new EvictionResponse(context, cluster, drain, properties.eviction(), System::exit);
	}

	@Bean
	@ConditionalOnBean(ClusterTransport.class)
	@ConditionalOnMissingBean
	FailureResponse failureResponse(ApplicationContext context, ObjectProvider<ManagedCluster> cluster,
			ClusterTransport transport, ClusterWire wire, ObjectProvider<ConnectionDrain> drain,
			ClusterProperties properties) {
		return new FailureResponse(context, cluster,
				() -> (transport instanceof FailureSource engine) ? Stream.of(engine, wire) : Stream.of(wire), drain,
				properties.failure(), System::exit);
	}

}
