const IPV4 = /^\d{1,3}(\.\d{1,3}){3}(:\d+)?$/;
const IPV6 = /^\[?[0-9a-f]*:[0-9a-f:.]*(%\w+)?\]?(:\d+)?$/i;

/** Whether a text can only be the address of a client. */
export const isAddress = (text) => IPV4.test(text) || (IPV6.test(text) && (text.match(/:/g) ?? []).length > 1);

/** The questions that find a topic, user, socket, address, session or node by one text. */
export function questions(text) {
  const word = text.trim();
  if (!word) {
    return [];
  }
  const sockets = (title, query) => ({ section: 'sockets', title, query });
  const address = sockets('Sockets from this address', { address: word });
  if (isAddress(word)) {
    return [address];
  }
  return [
    { section: 'topics', title: 'Topics', query: { prefix: word } },
    sockets('Sockets of this user', { user: word }),
    sockets('Socket', { id: word }),
    { section: 'stomp', title: 'STOMP sessions of this user', query: { user: word } },
    { section: 'stomp', title: 'STOMP session', query: { session: word } },
    { section: 'presence', title: 'Topics with presence', query: { prefix: word } },
    address,
  ];
}
