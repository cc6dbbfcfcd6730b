import { Client as Stomp } from '@stomp/stompjs';
import { WebSocket } from 'ws';
import { within } from '../phoenix/client.mjs';

/** The official client as in one browser. */
export class Client {
  closes = 0;
  #stomp;
  #waiting = new Set();

  static connect(url, login, options) {
    return within(`connection of ${login ?? 'nobody'}`, (resolve, reject) => {
      const client = new Client();
      client.#stomp = new Stomp({
        webSocketFactory: () => new WebSocket(`${url.replace(/^http/, 'ws')}/stomp`, ['v12.stomp']),
        connectHeaders: login ? { login } : {},
        reconnectDelay: 0,
        onConnect: () => resolve(client),
        onStompError: ({ headers }) => reject(new Error(headers.message)),
        onWebSocketClose: ({ code, reason }) => {
          client.closes++;
          if (!options?.reconnectDelay) {
            reject(new Error(`the connection of ${login ?? 'nobody'} was closed: ${code} ${reason}`));
          }
        },
        ...options,
      });
      client.#stomp.activate();
    });
  }

  /** Subscribes, and returns the list of received messages. */
  subscribe(destination, headers = {}) {
    const messages = [];
    this.#stomp.subscribe(destination, (message) => {
      messages.push(message);
      this.#waiting.forEach((check) => check());
    }, headers);
    return messages;
  }

  /** Subscribes, and waits for the receipt of the server. */
  async subscribed(destination, headers = {}) {
    const receipt = `sub ${destination}`;
    const done = this.#receipt(receipt);
    const messages = this.subscribe(destination, { ...headers, receipt });
    await done;
    return messages;
  }

  send(destination, body, headers) {
    this.#stomp.publish({ destination, body, headers });
  }

  async sent(destination, body) {
    const receipt = `send ${body}`;
    const done = this.#receipt(receipt);
    this.send(destination, body, { receipt });
    await done;
  }

  close() {
    return this.#stomp.deactivate();
  }

  #receipt(receipt) {
    return within(`receipt ${receipt}`, (resolve) => this.#stomp.watchForReceipt(receipt, resolve));
  }

  /** Waits until a condition is true. It is checked at each message. */
  until(what, condition) {
    return within(what, (resolve) => {
      const check = () => condition() && this.#waiting.delete(check) && resolve();
      this.#waiting.add(check);
      check();
    });
  }
}
