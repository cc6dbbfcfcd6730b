package io.clusterspring.presence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.clusterspring.Node;
import io.clusterspring.pubsub.PayloadCodec;

/**
 * The origin of tracked entries: one incarnation of a node.
 *
 * @param incarnation a random number, new for every start of the node
 * @param codec decodes tracked objects
 */
record PresenceOrigin(Node node, long incarnation, PayloadCodec codec) {

	private static final int REF_BYTES = 12;

	private static final int ID_BYTES = 5;

	/**
	 * Return Phoenix's {@code phx_ref}: 16 characters from 7 bytes of the incarnation and
	 * 5 bytes of the id.
	 * @return a text that is unique on all nodes
	 */
	String ref(long id) {
		return new String(refBytes(id), StandardCharsets.US_ASCII);
	}

	byte[] refBytes(long id) {
		byte[] bytes = new byte[REF_BYTES];
		ByteBuffer.wrap(bytes)
			.putLong(this.incarnation)
			.put(REF_BYTES - ID_BYTES, (byte) (id >>> 32))
			.putInt(REF_BYTES - ID_BYTES + 1, (int) id);
		return Base64.getUrlEncoder().encode(bytes);
	}

}
