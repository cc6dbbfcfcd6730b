package io.clusterspring.autoconfigure;

import jakarta.servlet.ServletRequestListener;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.clusterspring.revocation.RequestArrivals;
import io.clusterspring.revocation.Revocations;
import io.clusterspring.wire.ClusterWire;

/**
 * Closes sockets and STOMP sessions that lose their right.
 */
@Configuration(proxyBeanMethods = false)
@Import(HttpSessionConfiguration.class)
class RevocationConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Revocations clusterRevocations(ClusterWire wire, ClusterProperties properties) {
		return new Revocations(wire, wire.mailbox(properties.pubsub().mailboxCapacity()),
				properties.revocation().capacity(),
				properties.revocation().retention(properties.failureDetection().timeout()));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass({ ServletRequestListener.class, ServletListenerRegistrationBean.class })
	static class Requests {

		@Bean
		ServletListenerRegistrationBean<RequestArrivals> clusterRequestArrivals(ClusterProperties properties) {
			return new ServletListenerRegistrationBean<>(new RequestArrivals(properties.sessions().closeSockets()));
		}

	}

}
