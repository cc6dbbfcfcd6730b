import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peopleOf, typingText } from '../../main/frontend/js/people.js';

const meta = (node, status = 'online', typing = false) => ({ node, status, typing, phx_ref: 'r' });

test('one row a name, with all its nodes, sorted', () => {
  const people = peopleOf([
    { name: 'ben', metas: [meta('n2'), meta('n1', 'away'), meta('n2')] },
    { name: 'Ann', metas: [meta('n1')] },
  ]);
  assert.deepEqual(people, [
    { name: 'Ann', nodes: ['n1'], away: false, typing: false },
    { name: 'ben', nodes: ['n1', 'n2'], away: false, typing: false },
  ]);
});

test('one is away whose pages all are, and typing who types on any', () => {
  const [away, typing] = peopleOf([
    { name: 'a', metas: [meta('n1', 'away'), meta('n2', 'away')] },
    { name: 'b', metas: [meta('n1'), meta('n2', 'away', true)] },
  ]);
  assert.deepEqual([away.away, away.typing, typing.away, typing.typing], [true, false, false, true]);
});

test('whatever was sent is text', () => {
  assert.deepEqual(peopleOf([{ name: '', metas: [{ typing: 'yes', status: 7 }] }]),
    [{ name: 'anonymous', nodes: ['unknown node'], away: false, typing: false }]);
});

for (const [names, text] of [
  [[], ''],
  [['me'], ''],
  [['Ann', 'me'], 'Ann is typing…'],
  [['Ann', 'Ben'], 'Ann and Ben are typing…'],
  [['Ann', 'Ben', 'Cem'], 'Ann, Ben and Cem are typing…'],
  [['Ann', 'Ben', 'Cem', 'Dan'], '4 people are typing…'],
]) {
  test(`${names.length} typing: ${text || 'nothing'}`, () => {
    assert.equal(typingText(names.map((name) => ({ name, typing: true })), 'me'), text);
  });
}

test('who does not type is not named', () => {
  assert.equal(typingText([{ name: 'Ann', typing: false }], 'me'), '');
});
