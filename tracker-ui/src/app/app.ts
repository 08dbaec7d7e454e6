import { html, nothing, type TemplateResult } from 'lit';
import type { CampaignView, CurrentCampaignView, SessionView } from '#tracker/api/index.ts';
import { LOGGED_OUT } from '../call/get.ts';
import { Loader } from '../call/loader.ts';
import { logOut, takeSession } from '../call/session.ts';
import { wave } from '../format/format.ts';
import { BAR_PATTERNS } from '../parts/bar.ts';
import { LightElement } from '../parts/light.ts';
import { unknownPage } from '../parts/notice.ts';
import '../screens/dashboard.ts';
import '../screens/login.ts';
import '../screens/quote.ts';
import '../screens/requirement.ts';
import '../screens/requirements.ts';
import '../screens/run.ts';
import '../screens/runs.ts';
import '../screens/sunes.ts';
import { ROLES } from '../words/roles.ts';
import { followLinks, NAVIGATED } from './navigate.ts';
import { parseRoute, titleOf, type Route } from './route.ts';

/** The frame: navigation, what the campaign is, and the screen of the present address. */
class AppElement extends LightElement {
  static override readonly properties = { route: { state: true } };
  declare private route: Route;
  readonly #session = new Loader<SessionView>(this, () => '/api/session');
  readonly #campaign = new Loader<CurrentCampaignView>(this, () => (this.#entered() ? '/api/campaigns/current' : ''));

  constructor() {
    super();
    this.route = here();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('popstate', this.#arrived);
    window.addEventListener(NAVIGATED, this.#arrived);
    window.addEventListener(LOGGED_OUT, this.#session.reload);
    document.addEventListener('click', followLinks);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#arrived);
    window.removeEventListener(NAVIGATED, this.#arrived);
    window.removeEventListener(LOGGED_OUT, this.#session.reload);
    document.removeEventListener('click', followLinks);
  }

  protected override render(): TemplateResult {
    const { state: session } = this.#session;
    if (session.status === 'ready' && session.view.team && session.view.name === null) return this.#login(session.view);
    if (session.status === 'ready') takeSession(session.view);
    document.title = `${titleOf(this.route)} · Jalon`;
    const { state } = this.#campaign;
    const campaign = state.status === 'ready' ? state.view.campaign : null;
    return html`<a class="skip" href="#contenu">Aller au contenu</a>
      ${BAR_PATTERNS}
      <div class="frame">
        <div class="side">
          ${this.#navigation(campaign)}
          ${session.status === 'ready' && session.view.team ? whoIsThere(session.view) : nothing}
          ${state.status === 'ready' ? html`<footer class="version small quiet">Version ${state.view.benchVersion}</footer>` : nothing}
        </div>
        <div class="body">
          ${campaign ? banner(campaign) : nothing}
          <main id="contenu" tabindex="-1">${this.#entered() ? this.#screen() : nothing}</main>
        </div>
      </div>`;
  }

  /** Nothing is asked for before it is known that it would be answered. */
  #entered(): boolean {
    const { state } = this.#session;
    return state.status === 'failed' || (state.status === 'ready' && (!state.view.team || state.view.name !== null));
  }

  #login({ provider }: SessionView): TemplateResult {
    document.title = 'Se connecter · Jalon';
    return html`<main id="contenu" tabindex="-1">
      <jalon-login .provider=${provider} @jalon-connecte=${this.#session.reload}></jalon-login>
    </main>`;
  }

  #navigation(campaign: CampaignView | null): TemplateResult {
    const { name } = this.route;
    const entries = [
      { href: '/', label: 'Tableau de bord', here: name === 'dashboard', count: undefined },
      {
        href: '/exigences',
        label: 'Exigences',
        here: name === 'requirements' || name === 'requirement',
        count: campaign?.requirements.total,
      },
      {
        href: '/executions',
        label: 'Exécutions',
        here: name === 'runs' || name === 'run',
        count: campaign?.requirements.runs,
      },
      { href: '/devis', label: 'Vérifier un devis', here: name === 'quote', count: undefined },
      { href: '/sun-es', label: 'SUN-ES', here: name === 'sunes', count: undefined },
    ];
    return html`<nav aria-label="Principale">
      <p class="logo"><img src="/favicon.svg" alt="" width="24" height="24" />Jalon</p>
      <ul>
        ${entries.map(
          ({ href, label, here, count }) =>
            html`<li>
              <a href=${href} aria-current=${here ? 'page' : nothing}
                >${label}${count === undefined ? nothing : html` <span class="quiet num">${count}</span>`}</a
              >
            </li>`,
        )}
      </ul>
    </nav>`;
  }

  #screen(): TemplateResult {
    const { route } = this;
    switch (route.name) {
      case 'dashboard':
        return html`<jalon-dashboard></jalon-dashboard>`;
      case 'requirements':
        return html`<jalon-requirements .query=${route.query}></jalon-requirements>`;
      case 'requirement':
        return html`<jalon-requirement .requirement=${route.id}></jalon-requirement>`;
      case 'runs':
        return html`<jalon-runs></jalon-runs>`;
      case 'run':
        return html`<jalon-run .run=${route.id}></jalon-run>`;
      case 'quote':
        return html`<jalon-quote></jalon-quote>`;
      case 'sunes':
        return html`<jalon-sunes></jalon-sunes>`;
      case 'unknown':
        return unknownPage(route.path);
    }
  }

  readonly #arrived = (event: Event): void => {
    this.route = here();
    if (event instanceof CustomEvent && (event.detail as { replace: boolean }).replace) return;
    // A new place is read from its start, by eye and by screen reader; going back keeps the browser's own scroll.
    if (event.type === NAVIGATED) {
      window.scrollTo(0, 0);
      this.querySelector<HTMLElement>('#contenu')?.focus({ preventScroll: true });
    }
  };
}

function whoIsThere({ name, role }: SessionView): TemplateResult {
  const leave = async (): Promise<void> => {
    await logOut();
    // What was shown to somebody is not left to the next one.
    location.assign('/');
  };
  return html`<section class="who small" aria-label="Session">
    <p><strong>${name}</strong> <span class="quiet">${role === null ? nothing : ROLES[role]}</span></p>
    <button type="button" @click=${leave}>Se déconnecter</button>
  </section>`;
}

function banner({ product, category, wave: code, rem, profiles }: CampaignView): TemplateResult {
  return html`<header class="banner">
    <p>
      <strong>${product.name} ${product.version}</strong>
      <span class="quiet">· ${category} · ${wave(code)} · REM : ${rem.source}</span>
    </p>
    <p class="small quiet">Profils : ${profiles.join(', ')}</p>
  </header>`;
}

function here(): Route {
  return parseRoute(location.pathname, location.search);
}

customElements.define('jalon-app', AppElement);
