package io.clusterspring.jgroups.frame;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

import org.jgroups.Message;
import org.jgroups.auth.AuthToken;

/**
 * Tells when a node makes an object of a class that somebody else has named.
 */
public class Marker extends AuthToken implements Serializable {

	/** How many were made. */
	public static final AtomicInteger made = new AtomicInteger();

	/**
	 * Create a marker, which is seen.
	 */
	public Marker() {
		made.incrementAndGet();
	}

	private void readObject(ObjectInputStream in) throws IOException {
		made.incrementAndGet();
	}

	@Override
	public boolean authenticate(AuthToken token, Message message) {
		return false;
	}

	@Override
	public String getName() {
		return Marker.class.getName();
	}

	@Override
	public int size() {
		return 0;
	}

	@Override
	public void writeTo(DataOutput out) {
	}

	@Override
	public void readFrom(DataInput in) {
	}

}
