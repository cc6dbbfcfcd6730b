package io.clusterspring.jgroups.engine;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jgroups.Address;
import org.jgroups.LongMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.clusterspring.Node;
import io.clusterspring.TransportListener;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.wire.RecordedFrames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the control messages of release 0.1.0, and for those of a later release.
 */
@ExtendWith(OutputCaptureExtension.class)
class SignalTests {

	private final RefusedFrames refused = new RefusedFrames();

	@Test
	void controlMessagesAreAsInTheFirstRelease() {
		Map<String, byte[]> recorded = RecordedFrames.recorded("control");
		Map<String, Signal> signals = new LinkedHashMap<>();
		signals.put("echo", new Signal(Signal.ECHO, 300));
		signals.put("probe", new Signal(Signal.PROBE, 0));
		signals.put("answer", new Signal(Signal.ANSWER, 0));
		signals.put("ping", new Signal(Signal.PING, (1L << 55) + 1));
		signals.forEach((name, signal) -> RecordedFrames.check("control", name, bytes(signal), recorded.get(name)));
		assertThat(signals.keySet()).containsExactlyElementsOf(recorded.keySet());
		recorded.forEach((name, bytes) -> assertThat(Signal.of(ByteBuffer.wrap(bytes).getLong())).as(name)
			.isEqualTo(signals.get(name)));
	}

	@Test
	void aControlMessageOfAnotherSortIsSkippedAndCounted(CapturedOutput output) {
		AddressBook book = new AddressBook(Node.of("n2@h"));
		ChannelReceiver receiver = new ChannelReceiver(null, book, new TransportListener() {
		}, this.refused, () -> {
		});
		receiver.receive(new LongMessage(address("n2@h"), new Signal(4, 7).value()).setSrc(address("n1@h")));
		receiver.receive(new LongMessage(address("n2@h"), -1).setSrc(address("n1@h")));
		assertThat(this.refused.skipped()).isEqualTo(2);
		assertThat(output).contains("as a control message (sort 4): 1 such message(s) so far");
	}

	private static byte[] bytes(Signal signal) {
		return ByteBuffer.allocate(Long.BYTES).putLong(signal.value()).array();
	}

	private static Address address(String node) {
		return MemberAddress.newAddress(Node.of(node), 1);
	}

}
