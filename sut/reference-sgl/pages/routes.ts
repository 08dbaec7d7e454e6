import { readFileSync } from 'node:fs';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { Laboratory } from '../app/laboratory.ts';
import { selfPresenting } from '../documents/index.ts';
import { asSglError, describeError, SglError } from '../model/index.ts';
import { PROFILES, type Session } from '../sessions/index.ts';
import { accountDetailPage, accountsPage } from './accounts.ts';
import { fieldsOf } from './action.ts';
import { actions } from './actions.ts';
import { comparisonPage } from './comparison.ts';
import { createCsrf } from './csrf.ts';
import { hl7JournalPage, identityJournalPage, insiJournalPage, worklistPage } from './journals.ts';
import { choice, layout } from './layout.ts';
import { mailJournalPage, mailPage } from './mail.ts';
import { createPageMemory } from './memory.ts';
import { accountPage, directoryPage, homePage } from './others.ts';
import { patientCard } from './patient-card.ts';
import { newPatientPage, patientsPage } from './patients.ts';
import { outboxPage, reportPage, reportsPage, requestsPage } from './reports.ts';
import type { Right } from './rights.ts';
import { settingsPage } from './settings.ts';
import type { Html, PageContent, PageContext } from './view.ts';
import { PROFILE } from './words.ts';

const SESSION_COOKIE = 'sgl-session';
const STYLE = readFileSync(new URL('style.css', import.meta.url), 'utf8');

/** No script at all, nothing from elsewhere; forms may be answered by a redirection to the login service. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The screens: one path a function, GET shows, POST acts (with its token) and comes back to a GET. */
export function pageRoutes(lab: Laboratory): Hono {
  const routes = new Hono();
  const csrf = createCsrf();
  const memory = createPageMemory();

  const show = (http: Context, content: PageContent, session?: Session, status: 200 | 403 | 422 = 200) => {
    const notice = http.req.query('avis')?.slice(0, 1000);
    return http.html(layout(lab, { ...content, path: http.req.path, session, notice }), status);
  };
  const problem = (http: Context, error: unknown, session?: Session, status: 403 | 422 = 422) => {
    const { message, remedy } = asSglError(error);
    lab.log.warn({ error: describeError(error) }, 'écran en échec');
    const main = html`<p role="alert">${message}</p>
      <p>${remedy}</p>
      <p><a href="${backFrom(http.req.path)}">Revenir en arrière</a></p>`;
    return show(http, { title: 'Action impossible', main }, session, status);
  };

  /** Runs a screen for whoever is logged in and has the right; strangers are sent to the login page. */
  const screen =
    (run: (page: PageContext) => PageContent | Response | Promise<PageContent | Response>, right?: Right) =>
    async (http: Context) => {
      const session = lab.sessions.touch(getCookie(http, SESSION_COOKIE));
      if (!session) return http.redirect('/connexion');
      try {
        if (right !== undefined) memory.rights.need(session.profile, right);
        const result = await run({ lab, csrf, http, session, memory });
        return result instanceof Response ? result : show(http, result, session);
      } catch (error) {
        return problem(http, error, session);
      }
    };
  const refuseForm = (http: Context) => {
    const refusal = new SglError('FORMULAIRE', 'Ce formulaire a expiré.', 'Rechargez la page, puis recommencez.');
    return problem(http, refusal, undefined, 403);
  };
  const openSession = (http: Context, session: Session): void =>
    setCookie(http, SESSION_COOKIE, session.id, { httpOnly: true, sameSite: 'Lax', path: '/' });

  routes.use('*', bodyLimit({ maxSize: 256 * 1024 }), async (http, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!http.res.headers.has(name)) http.res.headers.set(name, value);
    }
  });
  routes.get('/style.css', (http) => http.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));

  routes.get('/connexion', (http) => {
    const session = lab.sessions.touch(getCookie(http, SESSION_COOKIE));
    if (session) return show(http, accountPage({ lab, csrf, http, session, memory }), session);
    return show(http, { title: 'Connexion', main: loginChoices(lab, csrf.token(http)) });
  });
  routes.get('/connexion/psc', async (http) => {
    try {
      return http.redirect((await lab.psc.start(csrf.browser(http))).href);
    } catch (error) {
      return problem(http, error);
    }
  });
  routes.get(lab.pscReturnPath, async (http) => {
    try {
      const { account, idToken, accessToken } = await lab.psc.finish(
        new URL(http.req.url),
        getCookie(http, 'sgl-navigateur'),
      );
      openSession(http, lab.sessions.open(account, 'psc', { idToken, accessToken }));
      return http.redirect('/');
    } catch (error) {
      return problem(http, error, undefined, 403);
    }
  });
  routes.post('/connexion/locale', async (http) => {
    const body = await http.req.parseBody();
    if (lab.config.localLogin === false || !csrf.holds(http, body['jeton'])) return refuseForm(http);
    const profile = PROFILES.find((known) => known === body['profil']) ?? 'utilisateur';
    openSession(http, lab.sessions.open(lab.config.biologist, 'local', { profile }));
    return http.redirect('/', 303);
  });

  routes.get('/', screen(homePage));
  const patientOf = (page: PageContext) => lab.patients.get(page.http.req.param('id') ?? '');
  const guarded: Readonly<Record<string, (page: PageContext) => PageContent | Response>> = {
    '/patients': (page) => patientsPage(page, new URL(page.http.req.url).searchParams),
    '/patients/nouveau': newPatientPage,
    '/patients/:id': (page) => patientCard(page, patientOf(page)),
    '/patients/:id/comparaison'(page) {
      const patient = patientOf(page);
      const comparison = memory.comparisons.get(patient.id);
      return comparison ? comparisonPage(patient, comparison) : page.http.redirect(`/patients/${patient.id}`);
    },
    '/liste-de-travail': worklistPage,
    '/demandes': requestsPage,
    '/comptes-rendus': reportsPage,
    '/comptes-rendus/:id': (page) => reportPage(page, lab.reports.get(page.http.req.param('id') ?? '')),
    '/comptes-rendus/:id/:kind': openDocument,
    '/envois': outboxPage,
    '/journal-insi': insiJournalPage,
    '/journal-identites': identityJournalPage,
    '/journal-hl7': hl7JournalPage,
    '/messagerie': mailPage,
    '/journal-mss': mailJournalPage,
  };
  for (const [path, page] of Object.entries(guarded)) routes.get(path, screen(page, 'identites'));
  routes.get('/comptes', screen(accountsPage));
  routes.get(
    '/comptes/:user',
    screen((page) => accountDetailPage(page, lab.accounts.get(page.http.req.param('user') ?? ''))),
  );
  routes.get('/parametres', screen(settingsPage));
  routes.get(
    '/annuaire',
    screen(async (page) => {
      const [rpps, name] = ['rpps', 'nom'].map((key) => page.http.req.query(key)?.trim());
      if (!rpps && !name) return directoryPage(page);
      const criteria = { ...(rpps && { rpps }), ...(name && { name }) };
      return directoryPage(page, await lab.directory.searchMailbox(criteria));
    }),
  );

  for (const [path, act] of Object.entries(actions)) {
    const right = /^\/(patients|demandes|envois|journal-hl7|messagerie|comptes-rendus)/.test(path)
      ? 'identites'
      : undefined;
    routes.post(
      path,
      screen(async (page) => {
        const body = await page.http.req.parseBody({ all: true });
        if (!csrf.holds(page.http, body['jeton'])) return refuseForm(page.http);
        const { to, notice } = await act(page, fieldsOf(body));
        return page.http.redirect(notice === undefined ? to : `${to}?avis=${encodeURIComponent(notice)}`, 303);
      }, right),
    );
  }
  routes.post(
    '/deconnexion',
    screen(async (page) => {
      const body = await page.http.req.parseBody();
      if (!csrf.holds(page.http, body['jeton'])) return refuseForm(page.http);
      const { id, idToken } = page.session;
      lab.sessions.close(id);
      deleteCookie(page.http, SESSION_COOKIE, { path: '/' });
      if (idToken === undefined) return page.http.redirect('/connexion', 303);
      return page.http.redirect((await lab.psc.endSession(idToken, `${lab.base}/`)).href, 303);
    }),
  );
  return routes;
}

/** The screen that a form of this path was on. */
function backFrom(path: string): string {
  const [, first = '', second] = path.split('/');
  const hasCard = (first === 'patients' || first === 'comptes') && second !== undefined && second !== 'nouveau';
  return hasCard ? `/${first}/${second}` : `/${first}`;
}

function loginChoices(lab: Laboratory, token: string): Html {
  return html`<p><a class="psc" href="/connexion/psc">S'identifier avec Pro Santé Connect</a></p>
    ${
      lab.config.localLogin === false
        ? ''
        : html`<form method="post" action="/connexion/locale">
            <input type="hidden" name="jeton" value="${token}" />
            ${choice(
              'profil',
              'Profil',
              PROFILES.map((profile) => [profile, PROFILE[profile]]),
            )}
            <button type="submit">Ouvrir une session locale (biologiste du laboratoire)</button>
          </form>`
    }`;
}

/** A CDA is shown as text: the browser must not run the style sheet of a document. */
function openDocument({ lab, http }: PageContext): Response {
  const { documents } = lab.reports.get(http.req.param('id') ?? '');
  const kind = http.req.param('kind');
  const document =
    kind === 'cda-n3-auto'
      ? selfPresenting(documents.n3, lab.faults)
      : [documents.n3, documents.n1, documents.pdf].find((candidate) => candidate.kind === kind);
  if (!document) throw new SglError('DOCUMENT_INCONNU', "Ce document n'existe pas.", 'Choisissez-le dans la liste.');
  const type = document.kind === 'pdf' ? 'application/pdf' : 'text/plain; charset=utf-8';
  const name = document.fileName.replaceAll(/[^\w.-]/g, '_');
  return http.body(new Uint8Array(document.bytes), 200, {
    'content-type': type,
    'content-disposition': `inline; filename="${name}"`,
  });
}
