import net from 'node:net';
import { catchUp } from '@clusterspring/catch-up';
import { Socket } from 'phoenix';
import { WebSocket } from 'ws';

/** Version 1.0.0 of the protocol, which phoenix.js has no code for any more. */
const VERSION_1 = {
  vsn: '1.0.0',
  encode: ({ topic, event, payload, ref, join_ref }, done) => done(JSON.stringify({ topic, event, payload, ref, join_ref })),
  decode: (text, done) => done(JSON.parse(text)),
};

/**
 * A client that catches up. HistoryApplication counts its messages from 0; the next one of
 * each publisher has to be the next number, unless the client was told of a loss.
 */
export class Follower {
  told = [];
  faults = [];
  heard = 0;
  next = {};

  constructor(url, { transport = WebSocket, version1 = false, topic = 'load:numbers', ...options } = {}) {
    this.socket = new Socket(`${url.replace(/^http/, 'ws')}/socket`, {
      transport, timeout: 30_000, reconnectAfterMs: () => 20, rejoinAfterMs: () => 20, ...options,
    });
    Object.assign(this.socket, version1 ? VERSION_1 : {}); // phoenix.js ignores these options with LongPoll
    this.socket.connect();
    this.channel = catchUp(this.socket, topic, {}, { onRecovered: (recovery) => this.told.push(recovery) });
    this.channel.on('said', ({ from, n }) => this.hear(from, n));
    this.channel.join();
  }

  hear(from, n) {
    if (n !== (this.next[from] ?? 0) && !this.lost) {
      this.faults.push(`${from}: ${n} in place of ${this.next[from] ?? 0}`);
    }
    this.next[from] = n + 1;
    this.heard++;
  }

  /** Why the client was told that it may have missed messages. */
  get lost() {
    return this.told.find(({ recovered }) => recovered === false)?.reason;
  }

  get caughtUp() {
    return this.told.reduce((sum, { missed }) => sum + missed, 0);
  }
}

/** A way to nodes that can be moved from one to the next, which breaks its connections, and that can be closed. */
export class Way {
  #sockets = new Set();

  constructor(urls, turn = 0) {
    this.ports = urls.map((url) => Number(new URL(url).port));
    this.turn = turn;
  }

  static async over(urls, turn) {
    const way = new Way(urls, turn);
    const server = net.createServer((client) => way.connect(client, way.ports.length));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    way.url = `http://127.0.0.1:${server.address().port}`;
    return way;
  }

  connect(client, tries) {
    this.#sockets.add(client);
    client.on('error', () => client.destroy());
    client.once('close', () => this.#sockets.delete(client));
    if (this.closed) {
      client.destroy();
      return;
    }
    const node = net.connect(this.ports[this.turn % this.ports.length], '127.0.0.1');
    const next = () => {
      this.turn++;
      this.connect(client, tries - 1);
    };
    const fail = () => (tries > 1 ? next() : client.destroy());
    node.once('error', fail);
    node.once('connect', () => {
      node.off('error', fail).on('error', () => client.destroy());
      client.pipe(node).pipe(client);
      client.once('close', () => node.destroy());
      node.once('close', () => client.destroy());
    });
  }

  move() {
    this.turn++;
    this.break();
  }

  break() {
    this.#sockets.forEach((socket) => socket.destroy());
  }

  close(closed) {
    this.closed = closed;
    this.break();
  }
}
