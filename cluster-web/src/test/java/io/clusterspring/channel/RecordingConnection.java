package io.clusterspring.channel;

import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.clusterspring.channel.protocol.SocketFrame;
import io.clusterspring.channel.socket.SocketConnection;

/**
 * A connection that records the frames it sends.
 */
class RecordingConnection implements SocketConnection {

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	/** The number of frames; each has one or more messages. */
	final AtomicInteger frames = new AtomicInteger();

	private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();

	private volatile String closeReason = "";

	@Override
	public String id() {
		return "test";
	}

	@Override
	public void send(SocketFrame frame) {
		this.frames.incrementAndGet();
		frame.messages().forEach((message) -> this.received.add(describe(message)));
	}

	/**
	 * Return the text of a message, or {@code binary} and its bytes in hexadecimal form.
	 */
	private static String describe(SocketFrame.Message message) {
		if (!message.isBinary()) {
			return message.text();
		}
		byte[] bytes = new byte[message.bytes().remaining()];
		message.bytes().get(bytes);
		return "binary " + HexFormat.of().formatHex(bytes);
	}

	@Override
	public void close(int code) {
		close(code, "");
	}

	@Override
	public void close(int code, String reason) {
		this.closeReason = reason;
		this.closeCode.complete(code);
	}

	String closeReason() {
		return this.closeReason;
	}

	String next() throws InterruptedException {
		String text = this.received.poll(5, TimeUnit.SECONDS);
		return (text != null) ? text : "nothing came";
	}

	/**
	 * Return and remove all recorded messages.
	 */
	String all() {
		StringBuilder all = new StringBuilder();
		for (String text = this.received.poll(); text != null; text = this.received.poll()) {
			all.append(text).append('\n');
		}
		return all.toString();
	}

	boolean isSilent() {
		return this.received.isEmpty();
	}

	boolean isClosed() {
		return this.closeCode.isDone();
	}

	int closeCode() throws Exception {
		return this.closeCode.get(5, TimeUnit.SECONDS);
	}

}
