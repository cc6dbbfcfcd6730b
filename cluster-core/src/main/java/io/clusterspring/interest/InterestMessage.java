package io.clusterspring.interest;

import java.nio.ByteBuffer;
import java.util.List;

import io.clusterspring.replication.Replicas.Changes;
import io.clusterspring.replication.Replicas.Request;
import io.clusterspring.replication.Replicas.StatePart;
import io.clusterspring.wire.FrameKind;
import io.clusterspring.wire.FrameReader;
import io.clusterspring.wire.FrameWriter;

/**
 * A message between nodes about their interests. The package says what they are for.
 * Version 1 of the format: a byte for the sort (0 changes, 1 ask, 2 page, 3 page with
 * more to follow, 4 ping, 5 pong, 6 acknowledgement), and then the components in order.
 */
sealed interface InterestMessage {

	default byte[] encode() {
		FrameWriter out = new FrameWriter(FrameKind.INTEREST);
		if (this instanceof Changed changed) {
			Changes<Interest> changes = changed.changes;
			out.octet(0).longNumber(changes.incarnation()).number(changes.from());
			out.records(changes.changes(), InterestMessage::write);
		}
		else if (this instanceof Ask ask) {
			out.octet(1).longNumber(ask.request.token()).number(ask.request.after());
		}
		else if (this instanceof Page page) {
			StatePart<Interest> part = page.part;
			out.octet((part.end() == StatePart.ALL) ? 2 : 3).longNumber(part.token()).longNumber(part.incarnation());
			out.number(part.number()).records(part.entries(), InterestMessage::write);
		}
		else if (this instanceof Ping ping) {
			out.octet(4).longNumber(ping.incarnation).number(ping.number).longNumber(ping.moment);
		}
		else if (this instanceof Pong pong) {
			out.octet(5).longNumber(pong.incarnation).number(pong.number).longNumber(pong.moment);
		}
		else if (this instanceof Acknowledgement known) {
			out.octet(6).longNumber(known.incarnation).number(known.number);
		}
		return out.frame();
	}

	static InterestMessage decode(ByteBuffer body) {
		return FrameReader.read(body, InterestMessage::read);
	}

	private static InterestMessage read(FrameReader in) {
		int sort = in.octet();
		return switch (sort) {
			case 0 -> changed(in.longNumber(), in.number(), in.records(InterestMessage::readInterest));
			case 1 -> new Ask(new Request(in.longNumber(), in.number()));
			case 2 ->
				new Page(new StatePart<>(in.longNumber(), in.longNumber(), in.number(), StatePart.ALL, entries(in)));
			case 3 -> firstPage(in);
			case 4 -> new Ping(in.longNumber(), in.number(), in.longNumber());
			case 5 -> new Pong(in.longNumber(), in.number(), in.longNumber());
			case 6 -> new Acknowledgement(in.longNumber(), in.number());
			default -> throw FrameReader.unknown(sort);
		};
	}

	// a record that this release does not know would make the numbers wrong
	private static Changed changed(long incarnation, long from, List<Interest> changes) {
		return new Changed(new Changes<>(incarnation, from, from + changes.size(), changes));
	}

	private static Page firstPage(FrameReader in) {
		long token = in.longNumber();
		long incarnation = in.longNumber();
		long number = in.number();
		List<Interest> entries = entries(in);
		FrameReader.check(!entries.isEmpty(), "A page with more to follow is empty");
		return new Page(new StatePart<>(token, incarnation, number, entries.get(entries.size() - 1).id(), entries));
	}

	private static List<Interest> entries(FrameReader in) {
		List<Interest> entries = in.records(InterestMessage::readInterest);
		long last = 0;
		for (Interest entry : entries) {
			FrameReader.check(entry.announced() && entry.id() > last, "A page is not in order");
			last = entry.id();
		}
		return entries;
	}

	private static Interest readInterest(FrameReader in) {
		return new Interest(in.flag(), in.number(), in.text());
	}

	private static void write(FrameWriter out, Interest interest) {
		out.flag(interest.announced()).number(interest.id()).text(interest.topic());
	}

	/** The next changes of the sender's interests. */
	record Changed(Changes<Interest> changes) implements InterestMessage {
	}

	/** A request for the interests of the receiver. */
	record Ask(Request request) implements InterestMessage {
	}

	/** The interests of the sender, or some of them. */
	record Page(StatePart<Interest> part) implements InterestMessage {
	}

	/**
	 * A question for the number of the receiver's last change.
	 *
	 * @param incarnation of the receiver, as the sender knows it
	 * @param number up to which the sender knows the receiver's interests
	 * @param moment when it asks, by its own clock
	 */
	record Ping(long incarnation, long number, long moment) implements InterestMessage {
	}

	/**
	 * The answer to a ping.
	 *
	 * @param incarnation of the sender
	 * @param number of the sender's last change
	 * @param moment as in the ping
	 */
	record Pong(long incarnation, long number, long moment) implements InterestMessage {
	}

	/**
	 * The sender knows the receiver's interests.
	 *
	 * @param incarnation of the receiver
	 * @param number up to which it knows them
	 */
	record Acknowledgement(long incarnation, long number) implements InterestMessage {
	}

}
