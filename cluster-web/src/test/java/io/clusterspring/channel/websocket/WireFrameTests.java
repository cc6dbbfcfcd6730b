package io.clusterspring.channel.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.clusterspring.channel.protocol.SocketFrame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WireFrame}.
 */
class WireFrameTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 127, 65_535, 65_536, 100_000 })
	void readsEncodedFrames(int length) {
		byte[] content = new byte[length];
		Arrays.fill(content, (byte) 'x');
		ByteBuffer wire = SocketFrame.join(List.of(SocketFrame.of(content), SocketFrame.binary(content))).wire();
		assertThat(WireFrame.next(wire)).isEqualTo(new WireFrame(WireFrame.TEXT, ByteBuffer.wrap(content)));
		assertThat(WireFrame.next(wire)).isEqualTo(new WireFrame(2, ByteBuffer.wrap(content)));
		assertThat(wire.hasRemaining()).isFalse();
	}

	@Test
	void readsACloseCode() {
		ByteBuffer wire = WireFrame.close(1008);
		assertThat(WireFrame.isClose(wire)).isTrue();
		assertThat(WireFrame.next(wire).closeCode()).isEqualTo(1008);
	}

	@Test
	void readsTheReasonOfAClose() {
		assertThat(WireFrame.next(WireFrame.close(1008)).closeReason()).isNull();
		WireFrame frame = WireFrame.next(WireFrame.close(3000, "expired"));
		assertThat(frame.closeCode()).isEqualTo(3000);
		assertThat(frame.closeReason()).isEqualTo("expired");
	}

}
