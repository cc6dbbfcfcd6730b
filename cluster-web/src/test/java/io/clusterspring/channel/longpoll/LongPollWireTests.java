package io.clusterspring.channel.longpoll;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.RecordedFrames;

/**
 * Tests for the frames of long polling: release 0.1.0 writes and reads the same bytes.
 */
class LongPollWireTests {

	@Test
	void framesAreThoseOfTheFirstRelease() {
		Map<String, RelayFrame> frames = new LinkedHashMap<>();
		frames.put("poll", RelayFrame.poll(7, "session", -2));
		frames.put("release", RelayFrame.request(RelayFrame.Kind.RELEASE, 7, "session"));
		frames.put("send", RelayFrame.send(7, "session", new PollBody("[]".getBytes(), false)));
		frames.put("send-lines", RelayFrame.send(7, "session", new PollBody("[]\n[]".getBytes(), true)));
		frames.put("answer", RelayFrame.answer(Long.MAX_VALUE, new PollAnswer(200, List.of("[\"é🎈\"]", ""))));
		frames.put("empty-answer", RelayFrame.answer(8, PollAnswer.of(PollAnswer.NO_CONTENT)));
		RecordedFrames.check(FrameKind.LONG_POLL, frames, RelayFrame::encode, RelayFrame::decode);
	}

}
