import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeHue } from '../../main/frontend/js/node-colour.js';

const apart = (a, b) => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));

test('a node has the same hue everywhere, and one on the circle', () => {
  for (const node of ['n1@127.0.0.1', 'chat', 'chat-7f9c@10.0.0.3', '', 'n99999999999999999999@h']) {
    assert.equal(nodeHue(node), nodeHue(node));
    assert.ok(nodeHue(node) >= 0 && nodeHue(node) <= 360, node);
  }
});

test('nodes that are counted lie far apart', () => {
  const hues = [1, 2, 3, 4, 5].map((n) => nodeHue(`n${n}@127.0.0.1`));
  hues.forEach((hue, i) => hues.slice(i + 1).forEach((other) => assert.ok(apart(hue, other) > 30, `${hues}`)));
});
