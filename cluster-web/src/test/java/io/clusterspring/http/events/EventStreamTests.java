package io.clusterspring.http.events;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

class EventStreamTests {

	private static final int CAPACITY = 100;

	private final AsyncContext async = mock();

	private final Output output = new Output();

	private final List<EventsEnd> ended = new ArrayList<>();

	@Test
	void clientThatIsTooSlowWhileNothingWaitsInTheWebServerIsEnded() throws Exception {
		EventStream stream = stream();
		AtomicInteger more = new AtomicInteger(2);
		this.output.whileWriting = () -> {
			if (more.getAndDecrement() > 0) {
				stream.send(new byte[CAPACITY]);
			}
		};
		stream.send(new byte[1]);
		assertThat(this.ended).containsExactly(EventsEnd.SLOW);
		assertThat(stream.pending()).isZero();
		then(this.async).should().complete();
	}

	@Test
	void webServerThatStillWritesTellsOfTheEnd() throws Exception {
		EventStream stream = stream();
		this.output.ready = false;
		stream.send(new byte[CAPACITY]);
		stream.send(new byte[1]);
		assertThat(stream.end()).isEqualTo(EventsEnd.SLOW);
		assertThat(this.ended).isEmpty();
		then(this.async).should(never()).complete();
		stream.onError(new IllegalStateException("too slow"));
		assertThat(this.ended).containsExactly(EventsEnd.SLOW);
	}

	private EventStream stream() throws Exception {
		ServletResponse response = mock();
		given(this.async.getResponse()).willReturn(response);
		given(response.getOutputStream()).willReturn(this.output);
		return new EventStream(this.async, CAPACITY, null, (stream) -> this.ended.add(stream.end()));
	}

	/** Tells as another thread would what happens while something is written. */
	private static final class Output extends ServletOutputStream {

		private boolean ready = true;

		private Runnable whileWriting = () -> {
		};

		@Override
		public boolean isReady() {
			return this.ready;
		}

		@Override
		public void setWriteListener(WriteListener listener) {
		}

		@Override
		public void write(int octet) {
			this.whileWriting.run();
		}

		@Override
		public void write(byte[] octets) {
			this.whileWriting.run();
		}

	}

}
