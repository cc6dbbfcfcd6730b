package io.clusterspring.failure;

import java.util.Arrays;
import java.util.List;

/**
 * The report of a {@link NodeMain} about itself.
 *
 * @param sent the number of messages it has published
 * @param longestWait the longest publish since the last reset, in milliseconds
 * @param dropped the number of frames lost for a node that took none
 * @param heard the messages it received from others
 */
record NodeReport(long sent, long longestWait, long dropped, List<Stream> heard) {

	static NodeReport of(String[] words) {
		return new NodeReport(Long.parseLong(words[1]), Long.parseLong(words[2]) / 1_000_000, Long.parseLong(words[3]),
				Arrays.stream(words).skip(4).map(Stream::of).toList());
	}

	Stream from(String name) {
		return this.heard.stream().filter((stream) -> stream.sender().equals(name)).findFirst().orElseThrow();
	}

	/**
	 * Messages of one start of a node.
	 *
	 * @param sender its name
	 * @param count how many arrived
	 * @param last the number of the last message
	 * @param missing how many numbers did not arrive
	 * @param repeated how many arrived again, or out of order
	 * @param longestGap the longest time without a message since the last reset, in
	 * milliseconds
	 */
	record Stream(String sender, long count, long last, long missing, long repeated, long longestGap) {

		boolean isAt(String name, long number) {
			return this.sender.equals(name) && this.last >= number;
		}

		static Stream of(String text) {
			String[] parts = text.split(":");
			return new Stream(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]),
					Long.parseLong(parts[4]), Long.parseLong(parts[5]));
		}

	}

}
