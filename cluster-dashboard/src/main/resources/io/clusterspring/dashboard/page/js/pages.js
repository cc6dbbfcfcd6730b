import * as columns from './columns.js';
import { byTestId, element } from './dom.js';
import { overview } from './overview.js';
import { Panel } from './panel.js';
import { link } from './route.js';
import { searchPage } from './search-page.js';
import { nodePage, sessionPage, socketPage, topicPage, userPage } from './detail-pages.js';

/** The sections in the navigation, each with the key that leads to it after `g`. */
export const SECTIONS = [
  { page: 'overview', title: 'Overview', key: 'o' },
  { page: 'topics', title: 'Topics', key: 't' },
  { page: 'sockets', title: 'Sockets', key: 's' },
  { page: 'stomp', title: 'STOMP', key: 'm' },
  { page: 'presence', title: 'Presence', key: 'p' },
  { page: 'distributed', title: 'Applications', key: 'a' },
  { page: 'history', title: 'Histories', key: 'h' },
  { page: 'views', title: 'Views', key: 'v' },
];

/** A field that narrows a list by one of its filters. */
function filterForm(page, params, fields) {
  const inputs = fields.map(({ name, text, type = 'search' }) => element('label', {}, element('span', { text }),
    element('input', { name, type, value: params[name] ?? '', maxlength: 500, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' })));
  const submit = (event) => {
    event.preventDefault();
    const chosen = Object.fromEntries(new FormData(event.currentTarget));
    location.hash = link(page, Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, value.trim()])));
  };
  return element('form', { class: 'filters', 'data-testid': 'filters', 'aria-label': 'Filters', on: { submit } }, ...inputs,
    element('button', { type: 'submit', text: 'Filter' }),
    Object.values(params).some(Boolean) ? element('a', { class: 'clear', href: link(page), text: 'Clear' }) : null);
}

const listPage = (section, title, columnsOf, fields, options = {}) => (context, params) => {
  const query = Object.fromEntries(fields.map(({ name }) => [name, params[name]]));
  const panel = new Panel(context, { section, title, columns: columnsOf, query, ...options }).start();
  return {
    title, elements: [fields.length > 0 ? filterForm(section, query, fields) : null, panel.element], close: () => panel.close(),
  };
};

const prefix = [{ name: 'prefix', text: 'Begins with' }];
const node = { name: 'node', text: 'Node' };

export const PAGES = {
  overview,
  topics: listPage('topics', 'Topics', columns.TOPICS, [...prefix, node], { empty: 'No topics.' }),
  sockets: listPage('sockets', 'Sockets', columns.SOCKETS,
    [{ name: 'user', text: 'User' }, { name: 'topic', text: 'Topic (ends with *: begins with)' }, { name: 'address', text: 'Address' }, node], { empty: 'No sockets.' }),
  stomp: listPage('stomp', 'STOMP sessions', columns.STOMP,
    [{ name: 'user', text: 'User' }, { name: 'destination', text: 'Destination' }, node], { empty: 'No STOMP sessions.' }),
  presence: listPage('presence', 'Presence', columns.PRESENCE, prefix, { empty: 'No topics with presence.' }),
  distributed: listPage('distributed', 'Distributed applications', columns.DISTRIBUTED, [], { empty: 'No distributed applications.' }),
  history: listPage('history', 'Histories', columns.HISTORY, prefix, { empty: 'No topics with history.' }),
  views: listPage('views', 'Views', columns.VIEWS, [node], { empty: 'No changes of the view yet.' }),
  node: nodePage,
  topic: topicPage,
  socket: socketPage,
  session: sessionPage,
  user: userPage,
  search: searchPage,
};

/** Shows one page at a time, and gives the keyboard its heading when the page changes. */
export class Pages {
  constructor(context) {
    this.context = context;
    this.content = byTestId('content');
  }

  show({ page, params }, focus) {
    this.open?.close();
    const make = Object.hasOwn(PAGES, page) ? PAGES[page] : overview;
    this.open = make(this.context, params);
    const heading = element('h1', { tabindex: -1, 'data-testid': 'heading', text: this.open.title });
    this.context.actions.status.hidden = true;
    const buttons = this.context.actions.buttons(this.open.actions ?? []);
    this.content.replaceChildren(heading, this.context.actions.status, ...(buttons.length > 0 ? [element('p', { class: 'page-actions' }, ...buttons)] : []),
      ...this.open.elements.filter(Boolean));
    document.title = `${this.open.title} · ${this.context.name ?? 'Cluster'}`;
    if (focus) {
      heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }
}
