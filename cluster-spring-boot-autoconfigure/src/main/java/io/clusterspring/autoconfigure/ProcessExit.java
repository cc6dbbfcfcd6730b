package io.clusterspring.autoconfigure;

import java.util.function.IntConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

/**
 * Closes the application and ends the process with an exit code. The thread is not a
 * daemon: otherwise the JVM could end with code 0 after the last non-daemon thread of the
 * application.
 */
record ProcessExit(ApplicationContext context, IntConsumer exit) {

	/** The exit code for a temporary failure, as in sysexits.h. */
	static final int CODE = 75;

	private static final Log logger = LogFactory.getLog(ProcessExit.class);

	void begin(String property) {
		logger.error("This process ends with code " + CODE + " (" + property + ")");
		Thread ending = new Thread(this::end, "cluster-exit");
		ending.setDaemon(false);
		try {
			ending.start();
		}
		catch (OutOfMemoryError ex) {
			end();
		}
	}

	private void end() {
		this.exit.accept(SpringApplication.exit(this.context, () -> CODE));
	}

}
