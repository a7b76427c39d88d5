// Where one is, in the part of the URL behind the hash: #/leads/ID?status=queued. All that a page
// shows stands there, so that a view can be shared, and gone back to.

/** The place that the URL says now. */
export function here() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [page, ...rest] = path.split('/').map(decodeURIComponent);
  return { page: page || 'now', id: rest.join('/'), query: Object.fromEntries(new URLSearchParams(query)) };
}

/** The URL of a place; members of the query that are empty are left out. */
export function to(page, id = '', query = {}) {
  const said = Object.entries(query).filter(([, value]) => value !== '' && value != null && value !== false);
  const more = said.length ? '?' + new URLSearchParams(said) : '';
  return '#/' + page + (id ? '/' + encodeURIComponent(id) : '') + more;
}

/** Goes there, as if a link had been followed. */
export function go(page, id, query) {
  location.hash = to(page, id, query);
}

/** Changes what the URL says of this very page, without a step to go back to. */
export function note(query) {
  const now = here();
  history.replaceState(null, '', to(now.page, now.id, { ...now.query, ...query }));
}
