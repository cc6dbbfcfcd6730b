package io.clusterspring.channel;

import java.io.IOException;

/**
 * A client of any transport that can send any bytes.
 */
public interface HostileClient extends AutoCloseable {

	/**
	 * Send a text message, or bytes that pretend to be one.
	 * @param bytes the message
	 */
	void text(byte[] bytes) throws Exception;

	/**
	 * Send a binary message.
	 * @param bytes the message
	 */
	void binary(byte[] bytes) throws Exception;

	/**
	 * Wait for a message of the server.
	 * @return the message: text, or {@code binary} and bytes in hexadecimal form
	 */
	String next() throws Exception;

	/**
	 * Wait until the server has ended the connection.
	 * @return the close code, as a client sees it
	 */
	int end() throws Exception;

	@Override
	void close() throws IOException;

}
