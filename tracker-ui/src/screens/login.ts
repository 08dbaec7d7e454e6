import { html, nothing, type TemplateResult } from 'lit';
import { CallError } from '../call/get.ts';
import { logIn } from '../call/session.ts';
import { LightElement } from '../parts/light.ts';
import { refusedLogin } from '../words/login.ts';

/**
 * The way in, where a team shares the tracker: a name and a password, or the identity provider.
 *
 * @property provider whether there is an identity provider
 * @fires jalon-connecte once a session is open
 */
class LoginElement extends LightElement {
  static override readonly properties = {
    provider: { attribute: false },
    error: { state: true },
    busy: { state: true },
  };
  declare provider: boolean;
  declare private error: CallError | undefined;
  declare private busy: boolean;

  constructor() {
    super();
    this.provider = false;
    // The identity provider sends the browser back with what it refused.
    this.error = refusedLogin(new URLSearchParams(location.search).get('refus'));
    this.busy = false;
  }

  protected override render(): TemplateResult {
    const { error } = this;
    return html`<div class="card login">
      <h1>Se connecter</h1>
      ${
        this.provider
          ? html`<p><a class="button" href="/api/session/oidc">Se connecter par l’annuaire de l’équipe</a></p>
              <p class="quiet">Ou par un compte de ce suivi :</p>`
          : nothing
      }
      <form class="fields" @submit=${this.#submit}>
        <label class="wide">Nom du compte <input name="name" autocomplete="username" required autofocus /></label>
        <label class="wide"
          >Mot de passe <input name="password" type="password" autocomplete="current-password" required
        /></label>
        <p class="wide"><button type="submit" class="main" ?disabled=${this.busy}>Entrer</button></p>
      </form>
      <div role="alert">${error ? html`<p><strong>${error.message}</strong> ${error.remedy}</p>` : nothing}</div>
    </div>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const typed = new FormData(form);
    const text = (name: string): string => {
      const value = typed.get(name);
      return typeof value === 'string' ? value : '';
    };
    this.busy = true;
    this.error = undefined;
    try {
      await logIn(text('name'), text('password'));
      this.dispatchEvent(new CustomEvent('jalon-connecte', { bubbles: true }));
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.error = error;
      form.querySelector<HTMLInputElement>('[name=password]')?.select();
    } finally {
      this.busy = false;
    }
  };
}

customElements.define('jalon-login', LoginElement);
