/**
 * What the page says of its connection: 'open' once one may write (or, before a room is
 * chosen, once the node is there), 'connecting' while the client tries, 'closed' when
 * there is no network to try on.
 */
export function statusOf({ connected, everConnected, room, everJoined, online }) {
  if (connected) {
    if (room === undefined || room === 'joined') {
      return { state: 'open', text: 'Connected' };
    }
    return { state: 'connecting', text: everJoined ? 'Rejoining…' : 'Joining…' };
  }
  if (!online) {
    return { state: 'closed', text: 'Offline' };
  }
  return { state: 'connecting', text: everConnected ? 'Reconnecting…' : 'Connecting…' };
}
