import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstChoice, LONGEST_ROOM, roomOf, roomOfHash } from '../../main/frontend/js/rooms.js';

test('a room is a short name one can say', () => {
  assert.equal(roomOf(' #Lobby '), 'lobby');
  assert.equal(roomOf('tea & cake: now'), 'tea--cake-now');
  assert.equal(roomOf('Küche'), 'küche');
  assert.equal(roomOf('<>:{}'), '');
  assert.equal(roomOf(undefined), '');
  assert.equal(roomOf('x'.repeat(99)).length, LONGEST_ROOM);
});

test('a hash that is no text is no room', () => {
  assert.equal(roomOfHash('#k%C3%BCche'), 'küche');
  assert.equal(roomOfHash('#%E0%A4%A'), '');
  assert.equal(roomOfHash(''), '');
});

test('the query goes before the hash, and the hash before what is remembered', () => {
  const remembered = { name: 'Ada', room: 'kitchen' };
  assert.deepEqual(firstChoice({ search: '?name=Lin&room=tea', hash: '#lobby', remembered }),
    { name: 'Lin', room: 'tea', join: true });
  assert.deepEqual(firstChoice({ search: '', hash: '#lobby', remembered }),
    { name: 'Ada', room: 'lobby', join: false });
  assert.deepEqual(firstChoice({ search: '', hash: '', remembered }),
    { name: 'Ada', room: 'kitchen', join: false });
  assert.deepEqual(firstChoice({ search: '?name=', hash: '' }), { name: '', room: 'lobby', join: false });
});

test('a tab that was in a room is there again after a reload, with or without a name', () => {
  assert.equal(firstChoice({ search: '', hash: '#a', remembered: { name: 'Ada', joined: 'yes' } }).join, true);
  assert.equal(firstChoice({ search: '', hash: '#a', remembered: { name: '', joined: 'yes' } }).join, true);
});
