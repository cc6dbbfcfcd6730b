import { Socket } from 'phoenix';
import { WebSocket } from 'ws';

const PATIENCE = 60_000;

/** One browser's worth of the official client: a socket, and every frame it got. */
export class Client {
  frames = [];
  closes = 0;
  #socket;
  #waiting = new Set();

  /** Connects to a node, such as `http://127.0.0.1:4001`. */
  constructor(url, options) {
    this.#socket = new Socket(`${url.replace(/^http/, 'ws')}/socket`, {
      transport: WebSocket, timeout: 30_000, reconnectAfterMs: () => 50, rejoinAfterMs: () => 50, ...options,
    });
    this.#socket.onMessage((frame) => {
      this.frames.push(frame);
      this.#waiting.forEach((check) => check());
    });
    this.#socket.onClose(() => this.closes++);
    this.#socket.connect();
  }

  /** A channel that is not joined yet. */
  channel(topic, payload) {
    return this.#socket.channel(topic, payload);
  }

  /** A channel of a room one has joined. */
  async room(room, user = 'tester') {
    const channel = this.channel(`room:${room}`, { user });
    await answer(channel.join());
    return channel;
  }

  /** Breaks the connection for good, without a word to the channels. */
  drop() {
    this.#socket.disconnect();
  }

  /** The payloads of the messages that came for a room, in their order. */
  said(room) {
    return this.frames.filter(({ topic, event }) => topic === `room:${room}` && event === 'new_msg')
      .map(({ payload }) => payload);
  }

  /** Waits until a message with this body has come. */
  async hears(room, body) {
    await this.until(`message ${body}`, () => this.said(room).some((message) => message.body === body));
  }

  /** Waits until something is true of the frames, which is looked at with every new one. */
  until(what, condition) {
    return within(what, (resolve) => {
      const check = () => condition() && this.#waiting.delete(check) && resolve();
      this.#waiting.add(check);
      check();
    });
  }
}

/** The reply to a push or a join: its response if it is ok, else an error that has it. */
export function answer(push) {
  return within('reply', (resolve, reject) => push.receive('ok', resolve)
    .receive('error', (response) => reject(Object.assign(new Error('error reply'), { response })))
    .receive('timeout', () => reject(new Error('no reply'))));
}

/** Waits until something is true that is looked at again and again. */
export async function eventually(what, condition) {
  let timer;
  try {
    await within(what, (resolve) => {
      timer = setInterval(() => condition() && resolve(), 50);
    });
  } finally {
    clearInterval(timer);
  }
}

/** A promise that fails when nothing comes of it. */
export async function within(what, executor) {
  let timer;
  try {
    return await Promise.race([new Promise(executor), new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`gave up waiting for: ${what}`)), PATIENCE);
    })]);
  } finally {
    clearTimeout(timer);
  }
}
