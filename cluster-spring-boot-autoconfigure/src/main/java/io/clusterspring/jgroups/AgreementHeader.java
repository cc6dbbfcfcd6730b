package io.clusterspring.jgroups;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jgroups.Address;
import org.jgroups.Global;
import org.jgroups.Header;
import org.jgroups.ViewId;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.util.Util;

/**
 * What the {@link ViewAgreement}s of nodes tell each other. Public because JGroups makes
 * it; not to be used otherwise.
 */
public final class AgreementHeader extends Header {

	/**
	 * The number JGroups knows the class by.
	 */
	static final short MAGIC = 1913;

	/** Whom members do not hear, by the numbers of their reports. */
	static final byte REPORT = 1;

	/** The view of the sender, and for how many milliseconds it has to last. */
	static final byte VIEW = 2;

	/** Asks whether the receiver reaches members. */
	static final byte QUESTION = 3;

	/** The view of the sender and whom it does not reach, and for how long it stands. */
	static final byte ANSWER = 4;

	/** Asks for an echo. */
	static final byte PROBE = 5;

	/** The answer to a probe. */
	static final byte ECHO = 6;

	private byte kind;

	private long number;

	private List<Line> lines = List.of();

	/**
	 * Create a header to be read.
	 */
	public AgreementHeader() {
	}

	AgreementHeader(byte kind, long number, List<Line> lines) {
		this.kind = kind;
		this.number = number;
		this.lines = List.copyOf(lines);
	}

	static void register() {
		ClassConfigurator.addIfAbsent(MAGIC, AgreementHeader.class);
	}

	static int fewestLines(byte kind) {
		return switch (kind) {
			case VIEW, QUESTION -> 1;
			case ANSWER -> 2;
			default -> 0;
		};
	}

	byte kind() {
		return this.kind;
	}

	long number() {
		return this.number;
	}

	List<Line> lines() {
		return this.lines;
	}

	@Override
	public short getMagicId() {
		return MAGIC;
	}

	@Override
	public Supplier<? extends Header> create() {
		return AgreementHeader::new;
	}

	@Override
	public int serializedSize() {
		int size = Global.BYTE_SIZE + Global.LONG_SIZE + Global.SHORT_SIZE;
		for (Line line : this.lines) {
			size += line.id().serializedSize() + Global.SHORT_SIZE;
			size += line.members().stream().mapToInt(Util::size).sum();
		}
		return size;
	}

	@Override
	public void writeTo(DataOutput out) throws IOException {
		out.writeByte(this.kind);
		out.writeLong(this.number);
		out.writeShort(this.lines.size());
		for (Line line : this.lines) {
			line.id().writeTo(out);
			Util.writeAddresses(line.members(), out);
		}
	}

	@Override
	public void readFrom(DataInput in) throws IOException, ClassNotFoundException {
		this.kind = in.readByte();
		this.number = in.readLong();
		int count = in.readShort();
		List<Line> read = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ViewId id = new ViewId();
			id.readFrom(in);
			read.add(new Line(id, Util.readAddresses(in, ArrayList::new)));
		}
		this.lines = read;
	}

	/**
	 * A member and a number, which may be those of a view, and members.
	 *
	 * @param id the member and the number
	 * @param members the members
	 */
	record Line(ViewId id, List<Address> members) {

		Line {
			members = List.copyOf(members);
		}

	}

}
