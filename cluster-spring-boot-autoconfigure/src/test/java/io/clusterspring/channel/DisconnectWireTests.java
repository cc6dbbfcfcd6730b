package io.clusterspring.channel;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.RecordedFrames;

/**
 * The frame that closes sockets as release 0.1.0 writes and reads it.
 */
class DisconnectWireTests {

	@Test
	void theFrameIsThatOfTheFirstRelease() {
		RecordedFrames.check(FrameKind.DISCONNECT, Map.of("user", "usér:7"), SocketRegistry::frame,
				SocketRegistry::read);
		RecordedFrames.checkExtended(FrameKind.DISCONNECT, SocketRegistry::frame, SocketRegistry::read);
	}

}
