import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusOf } from '../../main/frontend/js/status.js';

const base = { connected: true, everConnected: true, room: 'joined', everJoined: true, online: true };

for (const [what, change, state, text] of [
  ['in a room', {}, 'open', 'Connected'],
  ['before a room is chosen', { room: undefined }, 'open', 'Connected'],
  ['on the way into a room', { room: 'joining', everJoined: false }, 'connecting', 'Joining…'],
  ['after the room crashed', { room: 'errored' }, 'connecting', 'Rejoining…'],
  ['at first', { connected: false, everConnected: false }, 'connecting', 'Connecting…'],
  ['when the node is gone', { connected: false, room: 'errored' }, 'connecting', 'Reconnecting…'],
  ['without a network', { connected: false, online: false }, 'closed', 'Offline'],
  ['on loopback without a network', { online: false }, 'open', 'Connected'],
]) {
  test(`${what} the page says ${text}`, () => {
    assert.deepEqual(statusOf({ ...base, ...change }), { state, text });
  });
}
