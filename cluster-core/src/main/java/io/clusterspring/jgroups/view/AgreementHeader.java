package io.clusterspring.jgroups.view;

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
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Carries the facts that the {@link ViewAgreement}s of nodes exchange. Public because
 * JGroups makes it; not to be used otherwise. It has a version and a length, and each of
 * its lines has a length, which JGroups' headers have not: what a later release adds is
 * skipped.
 *
 * <p>
 * Works for {@link ViewAgreement}, and goes with it
 * (docs/upstream.md#links-that-are-cut).
 */
public final class AgreementHeader extends Header {

	/** The number JGroups knows the class by. */
	public static final short MAGIC = 1913;

	/** The version of the format. */
	public static final byte VERSION = 1;

	/** The links that are cut, by the numbers of the reports. */
	public static final byte REPORT = 1;

	/** The view of the sender, and for how many milliseconds it has to last. */
	public static final byte VIEW = 2;

	/** Asks whether the receiver reaches members. */
	public static final byte QUESTION = 3;

	/** The view of the sender, members it does not reach, and how long it stands. */
	public static final byte ANSWER = 4;

	/** Asks for an echo. */
	public static final byte PROBE = 5;

	/** The answer to a probe. */
	public static final byte ECHO = 6;

	private byte version = VERSION;

	private byte kind;

	private long number;

	private List<Line> lines = List.of();

	public AgreementHeader() {
	}

	public AgreementHeader(byte kind, long number, List<Line> lines) {
		this.kind = kind;
		this.number = number;
		this.lines = List.copyOf(lines);
	}

	static void register() {
		ClassConfigurator.addIfAbsent(MAGIC, AgreementHeader.class);
	}

	public static boolean isKnown(int kind) {
		return kind >= REPORT && kind <= ECHO;
	}

	public static int fewestLines(int kind) {
		return switch (kind) {
			case VIEW, QUESTION -> 1;
			case ANSWER -> 2;
			default -> 0;
		};
	}

	// null if this node has read the header
	@Nullable String unknown() {
		if (this.version != VERSION) {
			return "version " + (this.version & 0xFF);
		}
		return isKnown(this.kind) ? null : "sort " + (this.kind & 0xFF);
	}

	byte kind() {
		return this.kind;
	}

	long number() {
		return this.number;
	}

	public List<Line> lines() {
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
		return Global.BYTE_SIZE + Global.INT_SIZE + size();
	}

	private int size() {
		int size = Global.BYTE_SIZE + Global.LONG_SIZE + Global.SHORT_SIZE;
		for (Line line : this.lines) {
			size += Global.INT_SIZE + line.size();
		}
		return size;
	}

	@Override
	public void writeTo(DataOutput out) throws IOException {
		out.writeByte(this.version);
		out.writeInt(size());
		out.writeByte(this.kind);
		out.writeLong(this.number);
		out.writeShort(this.lines.size());
		for (Line line : this.lines) {
			out.writeInt(line.size());
			line.writeTo(out);
		}
	}

	@Override
	public void readFrom(DataInput in) throws IOException, ClassNotFoundException {
		this.version = in.readByte();
		DataInput content = part(in);
		if (this.version != VERSION) {
			return;
		}
		this.kind = content.readByte();
		if (isKnown(this.kind)) {
			this.number = content.readLong();
			this.lines = readLines(content);
		}
	}

	private static List<Line> readLines(DataInput in) throws IOException, ClassNotFoundException {
		int count = in.readShort();
		List<Line> lines = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			lines.add(Line.read(part(in)));
		}
		return lines;
	}

	// the wall has seen that so many bytes are there
	private static DataInput part(DataInput in) throws IOException {
		byte[] part = new byte[in.readInt()];
		in.readFully(part);
		return new ByteArrayDataInputStream(part);
	}

	/** A member and a number, which may be those of a view, and members. */
	public record Line(ViewId id, List<Address> members) {

		public Line {
			members = List.copyOf(members);
		}

		int size() {
			return this.id.serializedSize() + Global.SHORT_SIZE + this.members.stream().mapToInt(Util::size).sum();
		}

		void writeTo(DataOutput out) throws IOException {
			this.id.writeTo(out);
			Util.writeAddresses(this.members, out);
		}

		static Line read(DataInput in) throws IOException, ClassNotFoundException {
			ViewId id = new ViewId();
			id.readFrom(in);
			return new Line(id, Util.readAddresses(in, ArrayList::new));
		}

	}

}
