import { HttpHandler, type RequestHandler } from 'msw';

interface Entry {
  readonly handler: RequestHandler;
  /** Upper case; undefined when the handler takes several. */
  readonly method: string | undefined;
  /** End of the path (`*` first) or whole path; undefined when the pattern must be interpreted by msw. */
  readonly path: { readonly text: string; readonly whole: boolean } | undefined;
}

/**
 * Narrows the handlers that may answer a request, in their order. msw walks handlers one by one, which halves the
 * throughput at sixty of them (toolchain.md §3): those of another method or of a literal path that cannot match are
 * left out first. It never leaves out a handler that msw would choose.
 * @returns a function of the HTTP method and the path without its query
 */
export function indexHandlers(
  handlers: readonly RequestHandler[],
): (method: string, path: string) => readonly RequestHandler[] {
  const entries = handlers.map(entry);
  return (method, path) => {
    const asked = fold(path);
    // An encoded path is left to msw, which decodes it.
    const plain = !path.includes('%');
    return entries
      .filter((one) => one.method === undefined || one.method === method)
      .filter(({ path: known }) => {
        if (known === undefined || !plain) return true;
        return known.whole ? asked === known.text : asked.endsWith(known.text);
      })
      .map((one) => one.handler);
  };
}

function entry(handler: RequestHandler): Entry {
  if (!(handler instanceof HttpHandler)) return { handler, method: undefined, path: undefined };
  const { method, path } = handler.info;
  return {
    handler,
    method: typeof method === 'string' ? method.toUpperCase() : undefined,
    path: typeof path === 'string' ? literal(path) : undefined,
  };
}

/** What a pattern stands for when nothing but an origin or a leading `*` must be interpreted. */
function literal(pattern: string): Entry['path'] {
  const whole = !pattern.startsWith('*');
  const path = pattern.replace(/^(?:https?:\/\/[^/]+|\*)(?=\/)/, '');
  return !path.startsWith('/') || /[*:(){}?+\\%]/.test(path) ? undefined : { text: fold(path), whole };
}

/** msw compares paths without case and without the last slash. */
function fold(path: string): string {
  return path.toLowerCase().replace(/\/+$/, '');
}
