package io.clusterspring.jgroups.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;

import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.ViewId;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.GMS.GmsHeader;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.TimeScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.clusterspring.Node;
import io.clusterspring.jgroups.EngineFailures;
import io.clusterspring.jgroups.MemberAddress;
import io.clusterspring.jgroups.RefusedFrames;
import io.clusterspring.jgroups.view.AgreementHeader.Line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ViewAgreement}: what reaches GMS of a process that was frozen, and
 * finds what others have sent meanwhile.
 */
class ViewAgreementTests {

	private static final short MEMBERSHIP = ClassConfigurator.getProtocolId(GMS.class);

	private final Address n1 = address("n1@h");

	private final Address n2 = address("n2@h");

	private final Address own = address("n3@h");

	private final Address successor = address("n3@h");

	private final Queue<Runnable> timed = new ArrayDeque<>();

	private final ViewAgreement agreement = new ViewAgreement(8000, 2700, HashSet::new, new RefusedFrames(),
			new EngineFailures());

	private final Recorder membership = new Recorder();

	private JChannel channel;

	@BeforeEach
	void install() throws Exception {
		SHARED_LOOPBACK transport = new SHARED_LOOPBACK();
		this.channel = new JChannel(transport, new Silence(), this.agreement, this.membership, new GMS());
		TimeScheduler timer = mock(TimeScheduler.class);
		willAnswer((call) -> this.timed.add(call.getArgument(0))).given(timer).execute(any(), anyBoolean());
		transport.setTimer(timer);
		this.agreement.setAddress(this.own);
		install(View.create(this.n1, 2, this.n1, this.n2, this.own));
	}

	@AfterEach
	void close() {
		this.channel.close();
	}

	@Test
	void viewOfANodeThatIsBeingExcludedDoesNotReachTheMembership() {
		this.agreement.up(viewOf(this.n1));
		assertThat(this.membership.messages).hasSize(1);
		tellOfTheOthers();
		this.agreement.up(viewOf(this.n1));
		this.agreement.up(new MessageBatch(List.of(viewOf(this.n1), viewOf(this.n2))));
		assertThat(this.membership.messages).hasSize(1);
		install(View.create(this.own, 3, this.own));
		this.agreement.up(viewOf(this.n1));
		assertThat(this.membership.messages).hasSize(2);
	}

	@Test
	void suspicionReachesTheMembership() {
		tellOfTheOthers();
		this.timed.remove().run();
		assertThat(this.membership.suspects).containsExactlyInAnyOrder(this.n1, this.n2);
	}

	@Test
	void suspicionThatAViewHasOvertakenIsDropped() {
		tellOfTheOthers();
		install(View.create(this.n1, 3, this.n1, this.n2, this.own, this.successor));
		this.timed.remove().run();
		assertThat(this.membership.suspects).isEmpty();
		tellOfTheOthers();
		this.timed.remove().run();
		assertThat(this.membership.suspects).containsExactlyInAnyOrder(this.n1, this.n2, this.successor);
	}

	private void install(View view) {
		this.agreement.down(new Event(Event.VIEW_CHANGE, view));
	}

	// n1 has gone on with n2 and a new process
	private void tellOfTheOthers() {
		Line line = new Line(new ViewId(this.n1, 4), List.of(this.n1, this.n2, this.successor));
		this.agreement
			.up(from(this.n1).putHeader(ViewAgreement.ID, new AgreementHeader(AgreementHeader.VIEW, 0, List.of(line))));
	}

	private Message viewOf(Address sender) {
		return from(sender).putHeader(MEMBERSHIP, new GmsHeader(GmsHeader.VIEW));
	}

	private Message from(Address sender) {
		return new EmptyMessage(this.own).setSrc(sender);
	}

	private static Address address(String node) {
		return MemberAddress.newAddress(Node.of(node), 1);
	}

	/**
	 * Stands for the network, in which nothing arrives.
	 */
	private static final class Silence extends Protocol {

		// without them GMS is not let into a stack
		@Override
		public List<Integer> providedUpServices() {
			return List.of(Event.GET_DIGEST, Event.SET_DIGEST, Event.FIND_INITIAL_MBRS, Event.FIND_MBRS);
		}

		@Override
		public Object down(Event event) {
			return null;
		}

		@Override
		public Object down(Message message) {
			return null;
		}

	}

	/**
	 * Stands for GMS, and notes what reaches it.
	 */
	private static final class Recorder extends Protocol {

		final List<Message> messages = new ArrayList<>();

		final List<Address> suspects = new ArrayList<>();

		@Override
		public Object up(Event event) {
			if (event.getType() == Event.SUSPECT) {
				Collection<Address> members = event.getArg();
				this.suspects.addAll(members);
			}
			return null;
		}

		@Override
		public Object up(Message message) {
			this.messages.add(message);
			return null;
		}

		@Override
		public void up(MessageBatch batch) {
			batch.forEach(this.messages::add);
		}

	}

}
