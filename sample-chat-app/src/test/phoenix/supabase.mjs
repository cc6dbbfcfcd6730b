import assert from 'node:assert/strict';
import { RealtimeClient } from '@supabase/realtime-js';
import { WebSocket } from 'ws';
import { within } from './client.mjs';

async function subscribe(url, options) {
  const client = new RealtimeClient(`${url.replace(/^http/, 'ws')}/socket`, {
    transport: WebSocket, params: { apikey: 'none' }, ...options,
  });
  const channel = client.channel('supabase', { config: { broadcast: { self: false } } });
  const heard = [];
  channel.on('broadcast', { event: 'cursor' }, ({ payload }) => heard.push(payload));
  await within('subscription', (resolve, reject) => channel.subscribe((status, error) => {
    if (status === 'SUBSCRIBED') {
      resolve();
    } else if (error) {
      reject(error);
    }
  }));
  return { channel, heard };
}

async function talks(n1, n2, options) {
  const one = await subscribe(n1, options);
  const other = await subscribe(n2, options);
  for (let x = 0; x < 100; x++) {
    assert.equal(await one.channel.send({ type: 'broadcast', event: 'cursor', payload: { x } }), 'ok');
  }
  await within('broadcasts', (resolve) => {
    const timer = setInterval(() => other.heard.length >= 100 && resolve(clearInterval(timer)), 20);
  });
  assert.deepEqual(other.heard.map(({ x }) => x), Array.from({ length: 100 }, (_, x) => x));
  assert.equal(await one.channel.unsubscribe(), 'ok');
}

export const supabaseVersion1 = (n1, n2) => talks(n1, n2, { vsn: '1.0.0' });

/** By default, version 2 has broadcasts in a binary form that Phoenix does not know either. */
export const supabaseVersion2 = (n1, n2) => talks(n1, n2, {
  vsn: '2.0.0',
  encode: ({ join_ref, ref, topic, event, payload }, callback) =>
    callback(JSON.stringify([join_ref ?? null, ref, topic, event, payload])),
});
