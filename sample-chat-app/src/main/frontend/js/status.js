/**
 * The state of the connection: 'open' when the user can write (or, before a room is
 * chosen, when the node is connected), 'connecting' while the client tries, 'closed' when
 * there is no network.
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
