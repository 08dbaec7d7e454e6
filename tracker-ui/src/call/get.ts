import type { ProblemView } from '#tracker/api/index.ts';

/** Told to the window when the tracker asks to log in. */
export const LOGGED_OUT = 'jalon-deconnecte';

/** A call that gave no view: refused by the tracker, or the tracker is gone. */
export class CallError extends Error {
  readonly code: string;
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.name = 'CallError';
    this.code = code;
    this.remedy = remedy;
  }
}

const UNREACHABLE = new CallError(
  'SUIVI_INJOIGNABLE',
  'Le suivi ne répond plus.',
  'Relancez « npm run jalon -- serve » dans un terminal, puis rechargez la page.',
);

/**
 * Reads a view of the API.
 *
 * @throws {CallError}
 */
export async function getView<View>(path: string): Promise<View> {
  const response = await get(path);
  try {
    return (await response.json()) as View;
  } catch {
    throw UNREACHABLE;
  }
}

/**
 * Reads the text of a piece, cut at `limit` characters.
 *
 * @throws {CallError}
 */
export async function getText(path: string, limit: number): Promise<{ readonly text: string; readonly cut: boolean }> {
  const text = await (await get(path)).text();
  return { text: text.slice(0, limit), cut: text.length > limit };
}

function get(path: string): Promise<Response> {
  return sent(path, { headers: { accept: 'application/json, text/plain' } });
}

/**
 * The answer to a call, when it is a good one.
 *
 * @throws {CallError}
 */
export async function sent(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw UNREACHABLE;
  }
  if (response.ok) return response;
  const view = (await response.json().catch(() => undefined)) as ProblemView | undefined;
  // A session that ended while the page was open: whoever shows it asks to log in again.
  if (view?.code === 'NON_CONNECTE') window.dispatchEvent(new Event(LOGGED_OUT));
  throw view?.code === undefined ? UNREACHABLE : new CallError(view.code, view.detail, view.remedy);
}
