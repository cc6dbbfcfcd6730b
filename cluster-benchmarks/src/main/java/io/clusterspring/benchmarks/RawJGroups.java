package io.clusterspring.benchmarks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;

/**
 * The channel of a node without the code of the starter above its protocols: a plain
 * receiver, and the same unicasts.
 */
final class RawJGroups implements Medium {

	private final JChannel channel;

	private volatile List<Address> others = List.of();

	private volatile Address coordinator;

	RawJGroups(JChannel channel) {
		this.channel = channel;
		this.coordinator = channel.getAddress();
	}

	@Override
	public void listen(boolean first, Consumer<ByteBuffer> listener) {
		this.channel.setReceiver(new Receiver() {

			@Override
			public void receive(Message message) {
				if (message instanceof BytesMessage) {
					ByteBuffer content = ByteBuffer.wrap(message.getArray(), message.getOffset(), message.getLength())
						.slice();
					// a frame of the starter may come from a node that listens later
					if (Signal.isOne(content)) {
						listener.accept(content);
					}
				}
			}

			@Override
			public void viewAccepted(View view) {
				install(view);
			}

		});
		install(this.channel.getView());
	}

	private void install(View view) {
		Address self = this.channel.getAddress();
		this.coordinator = view.getCoord();
		this.others = view.getMembers().stream().filter((member) -> !member.equals(self)).toList();
	}

	@Override
	public void publish(byte[] message) {
		this.others.forEach((other) -> send(other, message));
	}

	@Override
	public void answer(byte[] message) {
		send(this.coordinator, message);
	}

	private void send(Address to, byte[] message) {
		try {
			this.channel.send(new BytesMessage(to, message));
		}
		catch (Exception ex) {
			throw new IllegalStateException("Cannot send to " + to, ex);
		}
	}

	@Override
	public int nodes() {
		return this.others.size() + 1;
	}

}
