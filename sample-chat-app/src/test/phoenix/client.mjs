import { Socket } from 'phoenix';
import { WebSocket } from 'ws';

const PATIENCE = 60_000;

/** The official client as in one browser: a socket, and all frames it has received. */
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

  /** A joined channel of a room. */
  async room(room, user = 'tester') {
    const channel = this.channel(`room:${room}`, { user });
    await answer(channel.join());
    return channel;
  }

  /** Breaks the connection without telling the channels. */
  drop() {
    this.#socket.disconnect();
  }

  /** The payloads of the messages of a room, in order. */
  said(room) {
    return this.frames.filter(({ topic, event }) => topic === `room:${room}` && event === 'new_msg')
      .map(({ payload }) => payload);
  }

  /** Waits until a message with this body has arrived. */
  async hears(room, body) {
    await this.until(`message ${body}`, () => this.said(room).some((message) => message.body === body));
  }

  /** Waits until a condition on the frames is true. It is checked at each new frame. */
  until(what, condition) {
    return within(what, (resolve) => {
      const check = () => condition() && this.#waiting.delete(check) && resolve();
      this.#waiting.add(check);
      check();
    });
  }
}

/** The reply to a push or a join: the response if it is ok, otherwise an error with the response. */
export function answer(push) {
  return within('reply', (resolve, reject) => push.receive('ok', resolve)
    .receive('error', (response) => reject(Object.assign(new Error('error reply'), { response })))
    .receive('timeout', () => reject(new Error('no reply'))));
}

/** Waits until a condition is true, by polling. */
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

/** A promise that fails after a timeout. */
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
