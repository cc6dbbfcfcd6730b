import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameOf } from '../../main/frontend/js/frame.js';
import { orderFor, wayText } from '../../main/frontend/js/order.js';

test('a node is killed by way of the other one', () => {
  assert.deepEqual(orderFor('n1', { n1: 'open', n2: 'open' }), { order: 'kill', via: 'n2' });
});

test('the last node is not killed', () => {
  assert.equal(orderFor('n1', { n1: 'open', n2: 'connecting' }).via, undefined);
});

test('a node that is gone is started by way of the other one', () => {
  assert.deepEqual(orderFor('n2', { n1: 'open', n2: 'connecting' }), { order: 'start', via: 'n1' });
});

test('the way of a message names both nodes and the time', () => {
  assert.equal(wayText({ from: 'n1@h', to: 'n2@h', millis: 3 }), 'n1@h → n2@h: 3 ms');
  assert.equal(wayText({ from: 'n1@h', to: 'n1@h', millis: 2 }), 'n1@h, on the same node: 2 ms');
});

test('only a page of this machine is told', () => {
  assert.equal(frameOf('?frame=http%3A%2F%2F127.0.0.1%3A4001'), 'http://127.0.0.1:4001');
  assert.equal(frameOf('?frame=https%3A%2F%2Fevil.example'), undefined);
  assert.equal(frameOf('?frame=http%3A%2F%2F127.0.0.1.evil.example%3A80'), undefined);
  assert.equal(frameOf(''), undefined);
});
