package io.clusterspring.benchmarks.channels;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * What the clients do once they have joined. Each message carries the time it was sent.
 */
abstract class Workload {

	private final Latencies latencies = new Latencies();

	/**
	 * Nothing.
	 * @return the workload
	 */
	static Workload idle() {
		return new Workload() {
		};
	}

	/**
	 * The first client says something now and then, and everybody hears it.
	 * @param speaker the first client
	 * @param rate how often each second
	 * @return the workload
	 */
	static Workload fanout(Client speaker, int rate) {
		return new Workload() {

			private long next = System.nanoTime();

			@Override
			long tick() throws IOException {
				while (System.nanoTime() >= this.next) {
					speaker.push(2, "new_msg");
					this.next += TimeUnit.SECONDS.toNanos(1) / rate;
				}
				return this.next - System.nanoTime();
			}
		};
	}

	/**
	 * The first client says something whenever everybody has heard one of the things it
	 * has said.
	 * @param speaker the first client
	 * @param window how many things are under way
	 * @param clients how many clients there are
	 * @return the workload
	 */
	static Workload closed(Client speaker, int window, int clients) {
		return new Workload() {

			private long heard;

			private long said;

			@Override
			long tick() throws IOException {
				while (this.said - this.heard / clients < window) {
					speaker.push(2, "new_msg");
					this.said++;
				}
				return super.tick();
			}

			@Override
			void heard(Client client, byte[] bytes, int from, int to) throws IOException {
				long before = latencies().count();
				super.heard(client, bytes, from, to);
				this.heard += latencies().count() - before;
			}
		};
	}

	/**
	 * Each client asks for an echo, and again as soon as it has it.
	 * @param clients the clients
	 * @return the workload
	 */
	static Workload echo(Iterable<Client> clients) {
		return new Workload() {

			private boolean begun;

			@Override
			long tick() throws IOException {
				if (!this.begun) {
					this.begun = true;
					for (Client client : clients) {
						client.push(2, "echo");
					}
				}
				return super.tick();
			}

			@Override
			void heard(Client client, byte[] bytes, int from, int to) throws IOException {
				long before = latencies().count();
				super.heard(client, bytes, from, to);
				if (latencies().count() > before) {
					client.push(2, "echo");
				}
			}
		};
	}

	/**
	 * Do what is due.
	 * @return how long there is nothing else to do, in nanoseconds
	 */
	long tick() throws IOException {
		return TimeUnit.MILLISECONDS.toNanos(10);
	}

	/**
	 * Take note of a message.
	 * @param client who has heard it
	 * @param bytes where it is
	 * @param from its beginning
	 * @param to its end
	 */
	void heard(Client client, byte[] bytes, int from, int to) throws IOException {
		int sent = Bytes.indexOf(bytes, from, to, Bytes.SENT);
		if (sent >= 0) {
			this.latencies.add(System.nanoTime() - Bytes.number(bytes, sent + Bytes.SENT.length, to));
		}
	}

	final Latencies latencies() {
		return this.latencies;
	}

}
