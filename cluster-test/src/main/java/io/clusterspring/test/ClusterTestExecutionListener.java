package io.clusterspring.test;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Starts the further nodes of a {@link ClusterTest} after the first one, and makes the
 * cluster whole again after each test.
 */
final class ClusterTestExecutionListener implements TestExecutionListener {

	private static final String FURTHER_NODES = ClusterTestExecutionListener.class.getName();

	@Override
	public void prepareTestInstance(TestContext test) {
		int size = NodeContextCustomizerFactory.nodes(test.getTestClass());
		if (size > 0) {
			List<ConfigurableApplicationContext> contexts = new ArrayList<>(List.of(context(test)));
			ClusterNodes nodes = contexts.get(0).getBean(ClusterNodes.class);
			for (TestContext further : furtherNodes(test, size)) {
				if (nodes.isUnused() && further.hasApplicationContext()) {
					// left from an earlier cluster, whose first node was closed
					further.markApplicationContextDirty(HierarchyMode.CURRENT_LEVEL);
				}
				contexts.add(context(further));
			}
			nodes.use(contexts);
		}
	}

	@Override
	public void afterTestMethod(TestContext test) {
		ClusterNodes nodes = nodes(test);
		if (nodes != null) {
			nodes.reset();
		}
	}

	@Override
	public void afterTestClass(TestContext test) {
		if (test.hasAttribute(FURTHER_NODES)) {
			furtherNodes(test, 0).forEach(TestContext::markApplicationContextUnused);
		}
	}

	private static @Nullable ClusterNodes nodes(TestContext test) {
		return (test.hasAttribute(FURTHER_NODES) && test.hasApplicationContext())
				? context(test).getBean(ClusterNodes.class) : null;
	}

	private static List<TestContext> furtherNodes(TestContext test, int size) {
		return test.computeAttribute(FURTHER_NODES, (name) -> {
			List<TestContext> further = new ArrayList<>();
			for (int number = 2; number <= size; number++) {
				further.add(new NodeBootstrapper(test.getTestClass(), number).buildTestContext());
			}
			return further;
		});
	}

	private static ConfigurableApplicationContext context(TestContext test) {
		return (ConfigurableApplicationContext) test.getApplicationContext();
	}

}
