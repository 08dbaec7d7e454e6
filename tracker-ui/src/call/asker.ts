import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { CallError } from './get.ts';
import { postView } from './post.ts';

export type Asked<View> =
  | { readonly status: 'idle' }
  | { readonly status: 'asking' }
  | { readonly status: 'ready'; readonly view: View; readonly about: string }
  | { readonly status: 'failed'; readonly error: CallError };

/** Sends something to be computed when the person asks for it; the answer to the last question is the one that counts. */
export class Asker<View> implements ReactiveController {
  state: Asked<View> = { status: 'idle' };
  readonly #host: ReactiveControllerHost;
  readonly #path: string;
  #turn = 0;

  constructor(host: ReactiveControllerHost, path: string) {
    this.#host = host;
    this.#path = path;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#turn += 1;
  }

  /** @param about what the answer is about, shown with it */
  async ask(about: string, body: () => unknown): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#become({ status: 'asking' });
    let state: Asked<View>;
    try {
      state = { status: 'ready', view: await postView<View>(this.#path, await body()), about };
    } catch (error) {
      state = { status: 'failed', error: error instanceof CallError ? error : unreadable(error) };
    }
    if (turn === this.#turn) this.#become(state);
  }

  #become(state: Asked<View>): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}

/** A file that moved or changed since it was chosen: the browser no longer reads it. */
function unreadable(cause: unknown): CallError {
  if (!(cause instanceof DOMException)) throw cause;
  return new CallError('FICHIER_ILLISIBLE', 'Le navigateur ne lit plus ce fichier.', 'Choisissez-le de nouveau.');
}
