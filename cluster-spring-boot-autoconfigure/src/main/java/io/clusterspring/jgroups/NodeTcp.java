package io.clusterspring.jgroups;

import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.logging.LogFactory;
import org.jgroups.protocols.TCP;

/**
 * TCP whose connections log under their own name: they report as errors what happens
 * whenever a node leaves and both sides close, and can so be told to be quiet.
 */
final class NodeTcp extends TCP {

	@Override
	public void start() throws Exception {
		super.start();
		this.srv.log(LogFactory.getLog(TcpServer.class));
	}

}
