import { Poll } from './poll.js';
import { disagreeing, side } from './side.js';

const MOST_REMEMBERED = 2000;

const names = (nodes) => JSON.stringify((nodes?.items ?? []).map((node) => node.name));

/** The nodes and the changes of the view, which the whole page needs and asks for all the time. */
export class Store extends EventTarget {
  constructor(client, clock = Date.now) {
    super();
    this.client = client;
    this.clock = clock;
    this.nodes = null;
    this.views = [];
    this.remembered = new Map();
    this.differ = [];
    this.differSince = null;
    this.failure = null;
    this.answeredAt = null;
    this.polls = [
      new Poll((signal) => this.askNodes(signal), 2000),
      new Poll((signal) => this.askViews(signal), 5000),
      new Poll((signal) => this.askCluster(signal), 15_000),
    ];
  }

  start() {
    this.polls.forEach((poll) => poll.start());
    return this;
  }

  /** Asks for the nodes at once, as after something was done to one. */
  refresh() {
    this.polls[0].now();
  }

  get side() {
    return side(this.nodes, this.views, this.clock(), this.remembered);
  }

  get self() {
    return this.nodes?.items?.find((node) => node.self)?.name ?? this.cluster?.self ?? null;
  }

  async askNodes(signal) {
    try {
      const nodes = await this.client.section('nodes', { limit: 1000 }, signal);
      const changed = this.failure !== null || this.answeredAt === null || names(this.nodes) !== names(nodes);
      this.nodes = nodes;
      this.differ = disagreeing(nodes.items);
      this.differSince = this.differ.length > 0 ? this.differSince ?? this.clock() : null;
      (nodes.items ?? []).forEach((node) => this.remember(node.name));
      this.answeredAt = this.clock();
      this.failure = null;
      if (changed) {
        this.polls.slice(1).forEach((poll) => poll.now());
      }
      this.tell();
    } catch (failure) {
      if (!signal.aborted) {
        this.failure = failure;
        this.tell();
      }
      throw failure;
    }
  }

  async askViews(signal) {
    this.views = (await this.client.section('views', { limit: 200 }, signal)).items ?? [];
    this.tell();
  }

  async askCluster(signal) {
    this.cluster = await this.client.section('', {}, signal);
    this.tell();
  }

  remember(name) {
    this.remembered.delete(name);
    this.remembered.set(name, this.clock());
    if (this.remembered.size > MOST_REMEMBERED) {
      this.remembered.delete(this.remembered.keys().next().value);
    }
  }

  tell() {
    this.dispatchEvent(new Event('change'));
  }
}
