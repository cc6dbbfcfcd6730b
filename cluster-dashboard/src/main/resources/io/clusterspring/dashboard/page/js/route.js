/** The part of the address behind the sharp: a page and what it shows. */
export function parse(hash) {
  const text = String(hash).replace(/^#?\/?/, '');
  const query = text.indexOf('?');
  const page = (query < 0 ? text : text.slice(0, query)) || 'overview';
  const params = Object.fromEntries(new URLSearchParams(query < 0 ? '' : text.slice(query + 1)));
  return { page, params };
}

/** The address of a page; empty parameters are left out. */
export function link(page, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const query = new URLSearchParams(given).toString();
  return `#/${page === 'overview' ? '' : page}${query ? `?${query}` : ''}`;
}
