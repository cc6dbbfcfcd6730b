import { catchUp } from '@clusterspring/catch-up';
import { Presence, Socket } from 'phoenix';
import { statusOf } from './status.js';

/** How many of the last messages of a room the page shows when the user enters it. */
const LAST = 50;

/** Delays retries by a short random time, so that browsers do not retry at the same moment. */
const backoff = (tries) => ([50, 200, 500, 1000][tries - 1] ?? 2000) * (0.75 + Math.random() / 2);

/**
 * The connection of the page: one socket, the channel `cluster` from the start, and one
 * channel `room:...` while the user is in a room. The phoenix client reconnects and
 * rejoins by itself, and catches up with what the room has said meanwhile; this class
 * reports the results.
 */
export class Session {
  #socket = new Socket('/socket', {
    heartbeatIntervalMs: 10_000,
    reconnectAfterMs: backoff,
    rejoinAfterMs: backoff,
  });
  #listener;
  #room;
  #everConnected = false;
  #everJoined = false;

  /**
   * @param listener onStatus({state, text}), onCluster(state), onNodes(change),
   * onJoined(room, again, user), onRecovered({recovered, missed}), onLost(),
   * onRefused(reason), onMessage(message), onPeople([{name, metas}])
   */
  constructor(listener) {
    this.#listener = listener;
    this.#socket.onOpen(() => {
      this.#everConnected = true;
      this.#report();
    });
    this.#socket.onClose(() => this.#lost());
    this.#socket.onError(() => this.#lost());
    addEventListener('online', () => this.#report());
    addEventListener('offline', () => this.#report());
  }

  start() {
    this.#report();
    this.#socket.connect();
    const cluster = this.#socket.channel('cluster');
    cluster.on('nodes', (change) => this.#listener.onNodes(change));
    cluster.join().receive('ok', (state) => this.#listener.onCluster(state));
  }

  join(room, user) {
    this.leave();
    const current = (action) => (...args) => this.#room === channel && action(...args);
    const channel = catchUp(this.#socket, `room:${room}`, { user }, {
      last: LAST,
      onRecovered: current((recovery) => this.#listener.onRecovered(recovery)),
    });
    this.#room = channel;
    this.#everJoined = false;
    channel.on('new_msg', current((message) => this.#listener.onMessage(message)));
    const presence = new Presence(channel);
    presence.onSync(current(() => this.#listener.onPeople(presence.list((name, { metas }) => ({ name, metas })))));
    channel.onError(current(() => this.#lost()));
    channel.join()
      .receive('ok', current((response) => this.#joined(room, response?.user)))
      .receive('error', current((response) => this.#refused(response)));
    this.#report();
  }

  leave() {
    const channel = this.#room;
    this.#room = undefined;
    channel?.leave();
    this.#report();
  }

  get ready() {
    return this.#socket.isConnected() && this.#room?.state === 'joined';
  }

  /** Pushes a message. The promise fails with a reason that can be shown. */
  send(message) {
    return new Promise((resolve, reject) => {
      if (!this.ready) {
        reject(new Error('not connected'));
        return;
      }
      this.#room.push('new_msg', message)
        .receive('ok', resolve)
        .receive('error', (response) => reject(new Error(reasonOf(response))))
        .receive('timeout', () => reject(new Error('no answer')));
    });
  }

  /** Sends the state of the user. It is not queued, because it is of no use later. */
  tell(person) {
    if (this.ready) {
      this.#room.push('person', person);
    }
  }

  #joined(room, user) {
    this.#listener.onJoined(room, this.#everJoined, user);
    this.#everJoined = true;
    this.#report();
  }

  #refused(response) {
    this.leave();
    this.#listener.onRefused(reasonOf(response));
  }

  #lost() {
    this.#listener.onLost();
    this.#report();
  }

  #report() {
    this.#listener.onStatus(statusOf({
      connected: this.#socket.isConnected(),
      everConnected: this.#everConnected,
      room: this.#room?.state,
      everJoined: this.#everJoined,
      online: navigator.onLine !== false,
    }));
  }
}

function reasonOf(response) {
  return typeof response?.reason === 'string' ? response.reason : 'refused by the server';
}
