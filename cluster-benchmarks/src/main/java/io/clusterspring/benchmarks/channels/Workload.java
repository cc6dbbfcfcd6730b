package io.clusterspring.benchmarks.channels;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.clusterspring.benchmarks.Latencies;
import io.clusterspring.benchmarks.Text;

/**
 * The behaviour of the clients after their join. Each message contains its send time.
 */
abstract class Workload {

	private final Latencies latencies = new Latencies();

	static Workload idle() {
		return new Workload() {
		};
	}

	/**
	 * The first client broadcasts at a fixed rate, and all clients receive it.
	 * @param speaker the first client
	 * @param rate the broadcasts per second
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
	 * The first client broadcasts again whenever all clients have received one of its
	 * broadcasts.
	 * @param speaker the first client
	 * @param window how many broadcasts are on their way
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

	// each client requests an echo, and again as soon as it has arrived
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
	 * Do the work that is due.
	 * @return the time until the next work, in nanoseconds
	 */
	long tick() throws IOException {
		return TimeUnit.MILLISECONDS.toNanos(10);
	}

	void heard(Client client, byte[] bytes, int from, int to) throws IOException {
		int sent = Text.SENT.after(bytes, from, to);
		if (sent >= 0) {
			this.latencies.add(System.nanoTime() - Text.number(bytes, sent, to));
		}
	}

	final Latencies latencies() {
		return this.latencies;
	}

}
