/** Why there is no answer. */
export class Refusal extends Error {
  /** @param kind unreachable, signed-out, forbidden, absent, invalid or failed */
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const PATIENCE = 15_000;
const LONGEST_REASON = 500;

const signedOut = () => new Refusal('signed-out', 'The session has ended. Load the page again to sign in.');

/** Whether this is a page, such as one to sign in, and not the answer of an endpoint. */
const isPage = (response) => /^text\/html\b/i.test(response.headers.get('Content-Type') ?? '');

async function reasonOf(response) {
  try {
    const reason = (await response.json()).reason;
    return typeof reason === 'string' ? reason.slice(0, LONGEST_REASON) : '';
  } catch {
    return '';
  }
}

/** Why something was not done: 401 and 403 may also be for want of a CSRF token. */
async function refusalToAct(response) {
  return response.status === 401 || response.status === 403
    ? new Refusal('forbidden', `Refused with ${response.status}: you may not do this, or the CSRF token is missing (docs/dashboard.md).`)
    : refusal(response);
}

/** The answer of a node. */
async function contentOf(response, signal) {
  if (isPage(response)) {
    throw signedOut();
  }
  try {
    return await response.json();
  } catch (failure) {
    signal?.throwIfAborted();
    throw new Refusal('failed', `The node answered with something else than JSON: ${failure.message}`);
  }
}

async function refusal(response) {
  if (response.type === 'opaqueredirect' || response.status === 401) {
    return signedOut();
  }
  if (response.status === 403) {
    return new Refusal('forbidden', 'You may not see this.');
  }
  if (response.status === 404 || response.status === 405) {
    return new Refusal('absent', 'This node has no such endpoint.');
  }
  const reason = await reasonOf(response);
  return response.status === 400
    ? new Refusal('invalid', reason || 'The node does not take this question.')
    : new Refusal('failed', reason || `The node answered with status ${response.status}.`);
}

/** Asks this node. Questions about one section wait for each other, so that one at a time is under way. */
export class Client {
  constructor(roots, fetched = (...request) => fetch(...request)) {
    this.roots = roots;
    this.fetched = fetched;
    this.lanes = new Map();
    this.known = false;
  }

  /** Asks the endpoint `cluster` about a section. */
  section(section, query, signal) {
    return this.ask(section, `${this.roots.cluster}${section ? `/${section}` : ''}`, query, signal);
  }

  /** Asks for the samples of this node that are younger than a given one. */
  samples({ run, last }, signal) {
    return this.ask('own samples', `${this.roots.page}/samples`, run ? { run, after: last } : {}, signal);
  }

  /** Asks this node for the samples of another one. */
  async samplesOf(node, { run, last }, signal) {
    const { items = [], silent = [] } = await this.section('samples', run ? { node, id: run, since: last } : { node }, signal).catch((failure) => {
      throw failure.kind === 'absent' ? new Refusal('absent', 'This node does not ask others for their samples.') : failure;
    });
    if (items.length === 0) {
      throw new Refusal('failed', `${node} ${silent[0] ? `is silent: ${silent[0].reason}` : 'has no samples'}.`);
    }
    return items[0];
  }

  /** Whether this node takes writes: a question without any effect. */
  async mayWrite() {
    const response = await this.send(`${this.roots.cluster}/sockets/disconnect`, { method: 'OPTIONS' });
    return response.ok && (response.headers.get('Allow') ?? '').includes('POST');
  }

  /** Does something. */
  async act(path, body) {
    const token = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(globalThis.document?.cookie ?? '')?.[1];
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json', ...this.quiet(), ...(token ? { 'X-XSRF-TOKEN': decodeURIComponent(token) } : {}) };
    const response = await this.send(`${this.roots.cluster}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) {
      throw await refusalToAct(response);
    }
    return response.status === 204 ? {} : contentOf(response);
  }

  ask(lane, path, query = {}, signal = undefined) {
    const before = this.lanes.get(lane) ?? Promise.resolve();
    const answer = before.then(() => {
      signal?.throwIfAborted();
      return this.get(path, query, signal);
    });
    const settled = answer.then(() => {}, () => {});
    this.lanes.set(lane, settled);
    return answer;
  }

  async get(path, query, signal) {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
    const search = new URLSearchParams(given).toString();
    const response = await this.send(`${path}${search ? `?${search}` : ''}`, { headers: { Accept: 'application/json', ...this.quiet() } }, signal);
    if (!response.ok) {
      throw await refusal(response);
    }
    this.known = true;
    return contentOf(response, signal);
  }

  /**
   * Once this node has answered, a session that ends should be told as a plain 401: a challenge opens the browser's own
   * dialog, and the question waits for it. Before, the browser may need the challenge to send what it knows.
   */
  quiet() {
    return this.known ? { 'X-Requested-With': 'XMLHttpRequest' } : {};
  }

  async send(url, options, signal) {
    const patience = AbortSignal.timeout(PATIENCE);
    try {
      return await this.fetched(url, {
        credentials: 'same-origin', redirect: 'manual', cache: 'no-store', ...options,
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
      });
    } catch (failure) {
      signal?.throwIfAborted();
      throw new Refusal('unreachable', patience.aborted ? `No answer in ${PATIENCE / 1000} s` : 'No connection');
    }
  }
}
