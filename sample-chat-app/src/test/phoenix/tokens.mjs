import assert from 'node:assert/strict';

/** In seconds: long enough to connect on a busy machine. */
export const SOON = 12;

/** A token that expires after some seconds. */
export async function issue(url, user, scope, seconds) {
  const response = await fetch(`${url}/token?user=${user}&scope=${scope}&seconds=${seconds}`);
  assert.equal(response.status, 200);
  return response.text();
}
