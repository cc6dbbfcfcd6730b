/** The position of a message, `<origin>:<number>`. The refs of replies are bare numbers. */
const MESSAGE = /^([\w-]{8}):(\d+)$/;

/** How long the answer may take after the join was accepted, in milliseconds. A server takes five seconds at most. */
const PATIENCE = 10_000;

/**
 * Creates a channel of phoenix.js that misses nothing: whenever it joins again, it gives
 * its position, and receives what was published meanwhile, or is told that it cannot.
 *
 * @param socket the socket of phoenix.js
 * @param topic a topic with history
 * @param params the join parameters, or a function that returns them
 * @param options last, storage, onRecovered: see index.d.ts
 * @returns the channel, which is not joined yet
 */
export function catchUp(socket, topic, params = {}, { last, storage, onRecovered = () => {} } = {}) {
  const memory = memoryOf(storage, `catch-up:${topic}`);
  let { position, contact } = memory.read();
  let asked = true; // until the server has answered, messages may be missing
  let missed = 0;
  let timer;

  const begin = () => {
    asked = true;
    missed = 0;
    timer = clearTimeout(timer);
    contact = position ? contact : Date.now();
    return position ? { position: textOf(position), away: Math.max(0, Date.now() - contact) } : { last };
  };
  const merge = (text) => {
    const heard = positionOf(text);
    if (heard?.size) {
      position ??= new Map();
      heard.forEach((number, origin) => position.set(origin, Math.max(number, position.get(origin) ?? 0)));
      missed++;
      memory.write(position, contact);
    }
  };
  const end = (recovered, reason, text) => {
    asked = false;
    timer = clearTimeout(timer);
    position = positionOf(text);
    contact = Date.now();
    memory.write(position, contact);
    onRecovered({ recovered, reason, missed: recovered === false ? 0 : missed });
  };

  const channel = socket.channel(topic, () => ({ ...(typeof params === 'function' ? params() : params), $history: begin() }));
  channel.on('$history', ({ recovered, reason, position: text }) => (
    recovered === undefined ? merge(text) : end(recovered, reason, text)));
  channel.onError(() => {
    timer = clearTimeout(timer);
  });
  const frames = socket.onMessage(({ topic: of, ref }) => {
    const joined = channel.state === 'joined';
    contact = joined && !asked ? Date.now() : contact;
    if (of === topic) {
      merge(ref);
      timer ??= joined && asked && position ? setTimeout(() => end(false, 'no-history'), PATIENCE) : undefined;
    }
  });
  channel.onClose(() => {
    timer = clearTimeout(timer);
    socket.off([frames]);
  });
  return channel;
}

/** The latest number of each origin in a text, `undefined` if it is not a position. */
function positionOf(text) {
  const messages = typeof text === 'string' ? text.split(',').map((part) => MESSAGE.exec(part)) : [null];
  return text === '' || messages.every(Boolean)
    ? new Map(messages.filter(Boolean).map(([, origin, number]) => [origin, Number(number)])) : undefined;
}

const textOf = (position) => [...position].map((message) => message.join(':')).join(',');

/** The memory of a page. A storage that is missing, full or forbidden remembers nothing. */
function memoryOf(storage, key) {
  return {
    read() {
      try {
        const { position, contact } = JSON.parse(storage.getItem(key));
        return { position: positionOf(position), contact };
      } catch {
        return {};
      }
    },
    write(position, contact) {
      try {
        storage.setItem(key, JSON.stringify({ position: position && textOf(position), contact }));
      } catch {
        // a reload of the page begins anew
      }
    },
  };
}
