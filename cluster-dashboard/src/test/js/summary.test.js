import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summaryOf } from '../../main/resources/io/clusterspring/dashboard/page/js/summary.js';

test('all nodes are here', () => {
  assert.equal(summaryOf([{ state: 'here', sockets: 3, stompSessions: 1 }, { state: 'here', sockets: 1 }]), '2 nodes, 4 sockets, 1 STOMP session');
});

test('what a silent node has is not known', () => {
  assert.equal(summaryOf([{ state: 'here', sockets: 3 }, { state: 'silent' }]), '3 sockets and 0 STOMP sessions on 1 of 2 nodes');
});
