package io.clusterspring.test;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Gives the methods of a {@link ClusterTest} the nodes, clients and beans of nodes.
 */
final class ClusterParameterResolver implements ParameterResolver {

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == ClusterNodes.class || parameter.isAnnotated(OnNode.class);
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		ClusterNodes nodes = SpringExtension.getApplicationContext(context).getBean(ClusterNodes.class);
		Class<?> type = parameter.getParameter().getType();
		return parameter.findAnnotation(OnNode.class)
			.map(OnNode::value)
			.map((number) -> (type == ChannelTestClient.class) ? nodes.client(number)
					: nodes.context(number).getBean(type))
			.orElse(nodes);
	}

}
