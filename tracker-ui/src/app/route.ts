/** A place of the application; its address can be kept, shared and gone back to. */
export type Route =
  | { readonly name: 'dashboard' }
  | { readonly name: 'requirements'; readonly query: string }
  | { readonly name: 'requirement'; readonly id: string }
  | { readonly name: 'runs' }
  | { readonly name: 'run'; readonly id: string }
  | { readonly name: 'quote' }
  | { readonly name: 'sunes' }
  | { readonly name: 'unknown'; readonly path: string };

/**
 * @param path of an address, percent-encoded
 * @param search with its question mark, or empty
 */
export function parseRoute(path: string, search: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  const [place, raw] = parts;
  const id = decode(raw);
  if (parts.length === 0) return { name: 'dashboard' };
  if (place === 'exigences' && parts.length === 1) return { name: 'requirements', query: search.replace(/^\?/, '') };
  if (place === 'exigences' && parts.length === 2 && id) return { name: 'requirement', id };
  if (place === 'executions' && parts.length === 1) return { name: 'runs' };
  if (place === 'executions' && parts.length === 2 && id) return { name: 'run', id };
  if (place === 'devis' && parts.length === 1) return { name: 'quote' };
  if (place === 'sun-es' && parts.length === 1) return { name: 'sunes' };
  return { name: 'unknown', path };
}

/** Address of a place; an id may hold a slash, which is then encoded. */
export function pathTo(route: Route): string {
  switch (route.name) {
    case 'dashboard':
      return '/';
    case 'requirements':
      return route.query === '' ? '/exigences' : `/exigences?${route.query}`;
    case 'requirement':
      return `/exigences/${encodeURIComponent(route.id)}`;
    case 'runs':
      return '/executions';
    case 'run':
      return `/executions/${encodeURIComponent(route.id)}`;
    case 'quote':
      return '/devis';
    case 'sunes':
      return '/sun-es';
    case 'unknown':
      return route.path;
  }
}

/** What the window and the history show. */
export function titleOf(route: Route): string {
  switch (route.name) {
    case 'dashboard':
      return 'Tableau de bord';
    case 'requirements':
      return 'Exigences';
    case 'requirement':
      return `Exigence ${route.id}`;
    case 'runs':
      return 'Exécutions';
    case 'run':
      return `Exécution ${route.id}`;
    case 'quote':
      return 'Vérifier un devis';
    case 'sunes':
      return 'SUN-ES';
    case 'unknown':
      return 'Page inconnue';
  }
}

function decode(part: string | undefined): string | undefined {
  if (part === undefined) return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
