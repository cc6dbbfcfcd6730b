package io.clusterspring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import io.clusterspring.Cluster;
import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.OnOneNode;
import io.clusterspring.failover.run.FailoverController;
import io.clusterspring.failover.run.OneNodeMethods;
import io.clusterspring.wire.ClusterWire;

/**
 * Auto-configuration for distributed applications.
 */
@AutoConfiguration(after = ClusterAutoConfiguration.class)
@ConditionalOnBean({ ClusterWire.class, Cluster.class })
public final class FailoverAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(DistributedApplications.class)
	FailoverController failoverController(ClusterWire wire, ObjectProvider<DistributedApplication> applications,
			OneNodeMethods methods, ClusterProperties properties, Environment environment) {
		// each call has a thread of its own, and may keep it
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("distributed-");
		executor.setVirtualThreads(Threading.VIRTUAL.isActive(environment));
		executor.setDaemon(true);
		FailoverController controller = new FailoverController(wire, () -> {
			List<DistributedApplication> all = new ArrayList<>(applications.orderedStream().toList());
			all.addAll(methods.applications());
			return all;
		}, properties.placements(), properties.failureDetection().timeout(), executor);
		methods.listenTo(controller::add);
		return controller;
	}

	@Bean
	SmartInitializingSingleton unusedPlacementsCheck(ObjectProvider<DistributedApplication> applications,
			OneNodeMethods methods, ClusterProperties properties, ClusterWire wire) {
		return () -> UnusedPlacements.warn(properties.placements(),
				Stream.concat(applications.stream(), methods.applications().stream())
					.map(DistributedApplication::name)
					.collect(Collectors.toSet()),
				wire.self());
	}

	@Bean
	static OneNodeMethods oneNodeMethods(ObjectProvider<DistributedApplications> applications) {
		return new OneNodeMethods(applications);
	}

	@Bean
	static SingletonCheck oneNodeSingletonCheck(ConfigurableListableBeanFactory beanFactory) {
		return new SingletonCheck(beanFactory, OnOneNode.class);
	}

}
