package io.clusterspring.channel.socket;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.RecordedFrames;

/**
 * Tests for the disconnect frame: release 0.1.0 writes and reads the same bytes.
 */
class DisconnectWireTests {

	@Test
	void theFrameIsThatOfTheFirstRelease() {
		RecordedFrames.check(FrameKind.DISCONNECT, Map.of("user", "usér:7"), SocketRegistry::frame,
				SocketRegistry::read);
		RecordedFrames.checkExtended(FrameKind.DISCONNECT, SocketRegistry::frame, SocketRegistry::read);
	}

}
