package io.clusterspring.jgroups.frame;

import java.util.List;
import java.util.stream.Stream;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.LongMessage;
import org.jgroups.Message;
import org.jgroups.NioMessage;
import org.jgroups.ObjectMessage;
import org.jgroups.Version;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.AuthHeader;
import org.jgroups.protocols.FragHeader;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.UnicastHeader3;
import org.jgroups.protocols.pbcast.NakAckHeader2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Digest;
import org.jgroups.util.SeqnoList;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.clusterspring.FrameRefusal;
import io.clusterspring.Node;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.view.AgreementHeader;
import io.clusterspring.jgroups.view.ViewAgreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FrameWallTests {

	private static final Address N1 = MemberAddress.newAddress(Node.of("n1@127.0.0.1"), 0);

	private final FrameWall wall = WireSamples.wall();

	static Stream<Named<byte[]>> whatNodesSend() {
		Digest digest = new Digest(new Address[] { N1, WireSamples.SELF }, new long[] { 1, 70_000, 0, 3 });
		SeqnoList missing = new SeqnoList(200, 5).add(7L, 150L);
		return Stream.of(frame("a frame", WireSamples.message(N1, "text")),
				frame("nothing", new EmptyMessage(N1).setSrc(WireSamples.SELF)),
				frame("a number", new LongMessage(N1, -1).setSrc(WireSamples.SELF)),
				frame("a part", WireSamples.part(N1, 1, 0, 2)),
				frame("to a place", WireSamples.message(new IpAddress(7800), "text")),
				frame("from a plain address", WireSamples.message(N1, "text").setSrc(UUID.randomUUID())),
				frame("missing unicasts",
						new ObjectMessage(N1, missing).setSrc(WireSamples.SELF)
							.putHeader(WireSamples.UNICAST, UnicastHeader3.createXmitReqHeader())),
				frame("missing multicasts",
						new ObjectMessage(N1, missing).setSrc(WireSamples.SELF)
							.putHeader(WireSamples.MULTICAST, NakAckHeader2.createXmitRequestHeader(N1))),
				frame("a digest",
						new ObjectMessage(null, digest).setSrc(WireSamples.SELF)
							.putHeader(WireSamples.STABILITY,
									new STABLE.StableHeader(STABLE.StableHeader.STABLE_GOSSIP,
											View.create(N1, 3, N1).getViewId()))),
				frame("an agreement", new EmptyMessage(N1).setSrc(WireSamples.SELF)
					.putHeader(ViewAgreement.ID, new AgreementHeader(AgreementHeader.REPORT, 0,
							List.of(new AgreementHeader.Line(View.create(N1, 3, N1).getViewId(), List.of(N1)))))),
				Named.of("a batch", WireSamples.batch(N1,
						List.of(WireSamples.message(N1, "one"), new LongMessage(N1, 3).setSrc(WireSamples.SELF)),
						"c")));
	}

	@ParameterizedTest
	@MethodSource
	void whatNodesSend(byte[] frame) throws Exception {
		this.wall.check(frame, 0, frame.length);
	}

	static Stream<Named<Refused>> whatNoNodeSends() {
		return Stream.of(message("an object to deserialize", FrameRefusal.OBJECT, new ObjectMessage(N1, new Marker())),
				message("an object where numbers are due", FrameRefusal.OBJECT,
						new ObjectMessage(N1, new Marker()).putHeader(WireSamples.UNICAST,
								UnicastHeader3.createXmitReqHeader())),
				message("bytes that a protocol would deserialize", FrameRefusal.OBJECT,
						new BytesMessage(N1, WireSamples.serialized()).putHeader(WireSamples.UNICAST,
								UnicastHeader3.createXmitReqHeader())),
				message("bytes that another protocol would deserialize", FrameRefusal.OBJECT,
						new BytesMessage(N1, WireSamples.serialized()).putHeader(WireSamples.STABILITY,
								new STABLE.StableHeader(STABLE.StableHeader.STABILITY, null))),
				message("a buffer", FrameRefusal.MESSAGE, new NioMessage(N1, java.nio.ByteBuffer.allocate(3))),
				message("a header that names a class", FrameRefusal.HEADER,
						new EmptyMessage(N1).putHeader((short) 23, new AuthHeader(new Marker()))),
				message("a header under the name of another protocol", FrameRefusal.HEADER,
						new EmptyMessage(N1).putHeader(WireSamples.UNICAST, new PingHeader(PingHeader.GET_MBRS_REQ))),
				message("a part of two billion", FrameRefusal.FRAGMENT, WireSamples.part(N1, 1, 0, Integer.MAX_VALUE)),
				message("part five of three", FrameRefusal.FRAGMENT, WireSamples.part(N1, 1, 5, 3)),
				message("parts of a message with headers", FrameRefusal.FRAGMENT,
						WireSamples.message(N1, "x")
							.putHeader(WireSamples.PARTS, new FragHeader(1, 0, 1).needsDeserialization(true))),
				message("an agreement without its lines", FrameRefusal.FORM,
						new EmptyMessage(N1).putHeader(ViewAgreement.ID,
								new AgreementHeader(AgreementHeader.ANSWER, 0, List.of()))),
				message("an agreement with a payload", FrameRefusal.MESSAGE,
						WireSamples.message(N1, "x")
							.putHeader(ViewAgreement.ID, new AgreementHeader(AgreementHeader.ECHO, 0, List.of()))),
				raw("two gigabytes", FrameRefusal.SIZE,
						WireSamples.frame(Message.BYTES_MSG, N1, WireSamples.MEMBERSHIP, 55, (out) -> {
							out.write(new byte[] { 1, 0, 0, 1 });
							out.writeInt(Integer.MAX_VALUE);
						})),
				raw("two billion missing messages", FrameRefusal.FORM,
						WireSamples.frame(Message.OBJ_MSG, N1, WireSamples.UNICAST, 82, (out) -> {
							out.write(new byte[] { UnicastHeader3.XMIT_REQ, 1 });
							out.writeShort(ClassConfigurator.getMagicNumber(SeqnoList.class));
							out.writeInt(Integer.MAX_VALUE);
							out.writeLong(1);
						})),
				raw("an object of a named class", FrameRefusal.OBJECT,
						WireSamples.frame(Message.OBJ_MSG, N1, WireSamples.UNICAST, 82, (out) -> {
							out.write(new byte[] { UnicastHeader3.XMIT_REQ, 1 });
							out.writeShort(-1);
							out.writeUTF(Marker.class.getName());
						})),
				raw("an address of another class", FrameRefusal.OBJECT,
						WireSamples.frame(Message.EMPTY_MSG, N1, WireSamples.MEMBERSHIP, 55, (out) -> {
							out.write(new byte[] { 1, 0, 0, 0 });
							out.writeShort(18);
						})),
				raw("a batch of two billion", FrameRefusal.FORM, WireSamples.bytes((out) -> {
					Util.writeMessageListHeader(N1, WireSamples.SELF, new byte[1], Integer.MAX_VALUE, out, false);
					out.writeShort(Message.EMPTY_MSG);
				})),
				raw("a message within a message", FrameRefusal.MESSAGE,
						WireSamples.frame(Message.COMPOSITE_MSG, N1, WireSamples.MEMBERSHIP, 55,
								(out) -> out.write(new byte[] { 1, 0, 0, 1, 0, 0, 0, 0 }))),
				raw("a name that is no text", FrameRefusal.FORM,
						WireSamples.frame(Message.EMPTY_MSG, N1, WireSamples.DISCOVERY, 53,
								(out) -> out.write(new byte[] { 1, 1, 0, 1, (byte) 0xff, 0 }))),
				raw("no more than a version", FrameRefusal.FORM,
						WireSamples.bytes((out) -> out.writeShort(Version.version))));
	}

	@ParameterizedTest
	@MethodSource
	void whatNoNodeSends(Refused frame) {
		assertThatExceptionOfType(RefusedFrameException.class)
			.isThrownBy(() -> this.wall.check(frame.bytes, 0, frame.bytes.length))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(frame.reason));
	}

	@Test
	void eachFrameIsRefusedWhenItEndsTooEarly() {
		whatNodesSend().map(Named::getPayload).forEach((frame) -> {
			for (int length = 0; length < frame.length; length++) {
				int end = length;
				assertThatExceptionOfType(RefusedFrameException.class).isThrownBy(() -> this.wall.check(frame, 0, end));
			}
		});
	}

	@Test
	void frameOfAnotherVersionIsLeftToTheEngineWhichDropsIt() throws Exception {
		this.wall.check(new byte[] { 0, 1, 0, 0, 3 }, 0, 5);
	}

	@Test
	void onlyWhatIsAboutDiscoveryMayBeMulticast() {
		byte[] join = WireSamples.bytes((out) -> WireSamples.message(out, N1, WireSamples.MEMBERSHIP, 55, (rest) -> {
			rest.write(new byte[] { 1, 0, 0, 1 });
			rest.writeInt(-1);
		}));
		assertThatExceptionOfType(RefusedFrameException.class)
			.isThrownBy(() -> this.wall.checkDiscovery(join, join.length));
	}

	private static Named<byte[]> frame(String name, Message message) {
		return Named.of(name, WireSamples.frame(message));
	}

	private static Named<Refused> message(String name, FrameRefusal reason, Message message) {
		return raw(name, reason, WireSamples.frame(message.setSrc(WireSamples.SELF)));
	}

	private static Named<Refused> raw(String name, FrameRefusal reason, byte[] bytes) {
		return Named.of(name, new Refused(reason, bytes));
	}

	private record Refused(FrameRefusal reason, byte[] bytes) {
	}

}
