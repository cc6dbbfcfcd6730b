/** The news for a channel when the server has answered its join, or when messages are lost later. */
export interface Recovery {
  /**
   * `true`: everything since the last connection has been received.
   * `false`: something may be missing, so load the state anew.
   * `null`: there was no last connection.
   */
  recovered: boolean | null;
  /** Why something may be missing. Only if `recovered` is `false`. */
  reason?: 'evicted' | 'unknown-origin' | 'unreachable' | 'too-old' | 'unnumbered' | 'invalid' | 'gap' | 'no-history';
  /** How many messages of the past were received since the join; 0 if `recovered` is `false`. */
  missed: number;
}

export interface CatchUpOptions {
  /** How many of the last messages to receive at the first join. By default none. */
  last?: number;
  /**
   * Remembers the position, so that a page that is loaded again goes on where it was. Use it only
   * if what the page shows survives with it: otherwise `last` is what you want.
   */
  storage?: Pick<Storage, 'getItem' | 'setItem'>;
  /** Called after the messages that were missed, or before the next ones if some are lost. */
  onRecovered?: (recovery: Recovery) => void;
}

/** The part of a channel of phoenix.js that is used. */
export interface ChannelLike {
  state: string;
  on(event: string, callback: (payload?: any) => void): number;
  onClose(callback: () => void): unknown;
  onError(callback: () => void): unknown;
}

/** The part of a socket of phoenix.js that is used. */
export interface SocketLike<C extends ChannelLike> {
  channel(topic: string, params?: object | (() => object)): C;
  onMessage(callback: (message: any) => void): unknown;
  off(refs: any[]): void;
}

/**
 * Creates a channel of phoenix.js that misses nothing: whenever it joins again, it gives its
 * position, and receives what was published meanwhile, or is told that it cannot.
 *
 * @param socket the socket of phoenix.js
 * @param topic a topic with history
 * @param params the join parameters, or a function that returns them
 * @param options what to do beyond
 * @returns the channel, which is not joined yet
 */
export declare function catchUp<C extends ChannelLike>(
  socket: SocketLike<C>, topic: string, params?: object | (() => object), options?: CatchUpOptions): C;
