package io.clusterspring.patience;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets all tests wait for an event for a minute, unless they say another time. JUnit
 * finds it as a service. Awaitility's own ten seconds can pass on a busy machine, and an
 * event that has come ends the wait anyway.
 */
public final class LongPatience implements LauncherSessionListener {

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
	}

}
