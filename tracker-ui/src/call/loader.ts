import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { CallError, getView } from './get.ts';

export type Loaded<View> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly view: View }
  | { readonly status: 'failed'; readonly error: CallError };

/** What was read last, by path: going back shows it at once, then it is read again. */
const kept = new Map<string, unknown>();

/**
 * Keeps a view of the API up to date for a component: reads it when the path changes, and again when the person comes
 * back to the window, since a run may have ended meanwhile.
 */
export class Loader<View> implements ReactiveController {
  state: Loaded<View> = { status: 'loading' };
  readonly #host: ReactiveControllerHost;
  readonly #path: () => string;
  #current = '';
  #turn = 0;

  /** @param path of the view to read, from the present properties of the component */
  constructor(host: ReactiveControllerHost, path: () => string) {
    this.#host = host;
    this.#path = path;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('focus', this.#refresh);
  }

  hostDisconnected(): void {
    window.removeEventListener('focus', this.#refresh);
    this.#turn += 1;
    this.#current = '';
  }

  hostUpdate(): void {
    const path = this.#path();
    if (path === this.#current) return;
    this.#current = path;
    // Nothing to read yet.
    if (path === '') return;
    const view = kept.get(path) as View | undefined;
    // While filters change, the previous list stays on the screen rather than flash.
    if (view !== undefined) this.state = { status: 'ready', view };
    else if (this.state.status === 'failed') this.state = { status: 'loading' };
    void this.#read(path);
  }

  /** Reads it again, now. */
  readonly reload = (): void => this.#refresh();

  readonly #refresh = (): void => {
    if (this.#current !== '') void this.#read(this.#current);
  };

  async #read(path: string): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    let state: Loaded<View>;
    try {
      const view = await getView<View>(path);
      kept.set(path, view);
      state = { status: 'ready', view };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      state = { status: 'failed', error };
    }
    // A later call was made meanwhile: its answer is the one that counts.
    if (turn !== this.#turn) return;
    this.state = state;
    this.#host.requestUpdate();
  }
}
