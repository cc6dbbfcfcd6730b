package io.clusterspring.failure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.clusterspring.failover.DistributedApplication;
import io.clusterspring.failover.DistributedApplications;
import io.clusterspring.failover.StartReason;

/**
 * Logs its starts, its work and its stops. A stop takes a while, as in a real
 * application.
 */
final class LoggedApplication implements DistributedApplication {

	static final long STOP_MILLIS = 300;

	private final String name;

	private final String node;

	private final RunLog log;

	private volatile DistributedApplications allowing;

	private volatile Thread worker;

	LoggedApplication(String name, String node, RunLog log) {
		this.name = name;
		this.node = node;
		this.log = log;
	}

	void allowedBy(DistributedApplications applications) {
		this.allowing = applications;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void start(StartReason reason) {
		String from = (reason.from() != null) ? reason.from().name() : "-";
		this.log.write("start", this.name, this.node, reason.token(), reason.type(), from);
		Thread started = new Thread(() -> work(reason.token()), this.name);
		started.setDaemon(true);
		this.worker = started;
		started.start();
	}

	private void work(long token) {
		while (this.worker == Thread.currentThread()) {
			if (this.allowing.isRunningHere(this.name)) {
				this.log.write("work", this.name, this.node, token, "-", "-");
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
		}
	}

	@Override
	public void stop() throws InterruptedException {
		this.log.write("stopping", this.name, this.node, 0, "-", "-");
		Thread present = this.worker;
		this.worker = null;
		present.join();
		TimeUnit.MILLISECONDS.sleep(STOP_MILLIS);
		this.log.write("stop", this.name, this.node, 0, "-", "-");
	}

}
