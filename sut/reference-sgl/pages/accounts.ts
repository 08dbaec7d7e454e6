import { html } from 'hono/html';
import { coveredProfessions, displayName, professionName, type Account } from '../accounts/index.ts';
import { choice, dateTime, facts, field, form, table } from './layout.ts';
import type { Html, PageContent, PageContext } from './view.ts';
import { ACCOUNT_EVENT } from './words.ts';

const NONE = 'Aucun';

/** The person in charge changes every account; people, theirs (SSI/IE.32). */
export function mayChange({ memory, session }: PageContext, account: Account): boolean {
  const mine = account.professional?.nationalId === session.account.nationalId;
  return mine || memory.rights.has(session.profile, 'parametres');
}

/** The accounts and the form that opens one (SSI/IE.30 and SSI/IE.33). */
export function accountsPage(page: PageContext): PageContent {
  const { memory, session } = page;
  return {
    title: 'Comptes des professionnels',
    main: html`${table(
      'Comptes',
      ['Identifiant', "Nom d'exercice", 'Prénom', 'Profession', 'RPPS', 'Dernier contrôle', 'Prochain contrôle'],
      page.lab.accounts
        .all()
        .map(({ user, lastName, firstName, profession, rpps, checkedAt, nextCheckAt }) => [
          html`<a href="/comptes/${user}">${user}</a>`,
          lastName,
          firstName,
          professionName(profession),
          rpps ?? NONE,
          checkedAt ? dateTime(checkedAt) : '',
          nextCheckAt ? dateTime(nextCheckAt) : '',
        ]),
    )}
    ${
      memory.rights.has(session.profile, 'parametres')
        ? opening(page)
        : html`<p class="aide">Un super-utilisateur ouvre les comptes.</p>`
    }`,
  };
}

function opening(page: PageContext): Html {
  return html`<section aria-labelledby="ouvrir">
    <h2 id="ouvrir">Ouvrir un compte</h2>
    <p class="aide">Le numéro RPPS est recherché dans l'Annuaire Santé à l'ouverture du compte.</p>
    ${form(
      page,
      '/comptes',
      'Ouvrir le compte',
      html`${field('lastName', "Nom d'exercice", { required: true })}
      ${field('firstName', 'Prénom', { required: true })}
      ${choice('profession', 'Profession', [
        ...coveredProfessions(),
        ['SECRETARIAT', 'Secrétariat (hors RPPS)'],
        ['TECHNIQUE', 'Personnel technique (hors RPPS)'],
      ])}
      ${field('email', 'Adresse de messagerie', { type: 'email', max: 254 })}`,
    )}
  </section>`;
}

/** One account: attributes, what was looked up and when, the address and its code. */
export function accountDetailPage(page: PageContext, account: Account): PageContent {
  const { user, rpps, lastName, firstName, profession, structures, email, checkedAt, nextCheckAt, events } = account;
  const open = mayChange(page, account);
  const waiting = open ? page.lab.accounts.waitingCode(user) : undefined;
  return {
    title: `Compte de ${displayName(account)}`,
    main: html`${facts([
      ['Identifiant privé', user],
      ['Numéro RPPS', rpps ?? NONE],
      ["Nom d'exercice", lastName],
      ['Prénom', firstName],
      ['Profession', professionName(profession)],
      ['Structures', structures.join(', ') || NONE],
      ['Adresse de messagerie', email ? `${email.address} (${email.verified ? 'vérifiée' : 'non vérifiée'})` : NONE],
      ['Dernier contrôle du RPPS', checkedAt ? dateTime(checkedAt) : NONE],
      ['Prochain contrôle du RPPS', nextCheckAt ? dateTime(nextCheckAt) : NONE],
    ])}
    ${open ? form(page, `/comptes/${user}/controle`, 'Contrôler le RPPS maintenant') : ''}
    ${
      waiting
        ? html`<section aria-labelledby="courriel">
            <h2 id="courriel">Vérifier l'adresse de messagerie</h2>
            <p class="avis">
              Ce logiciel d'exemple n'envoie pas de courriel : le code destiné à ${waiting.address} est affiché ici,
              ${waiting.code}.
            </p>
            ${form(page, `/comptes/${user}/code`, "Vérifier l'adresse", field('code', 'Code reçu', { max: 6 }))}
          </section>`
        : ''
    }
    ${open ? changes(page, account) : ''}
    ${table(
      'Journal du compte',
      ['Date', 'Action', 'Détail'],
      events.toReversed().map((event) => [dateTime(event.at), ACCOUNT_EVENT[event.what], event.detail]),
    )}`,
  };
}

function changes(page: PageContext, { user, lastName, email }: Account): Html {
  return html`<section aria-labelledby="changer">
    <h2 id="changer">Modifier le compte</h2>
    <p class="aide">
      Le nom d'exercice est comparé à l'Annuaire Santé ; une nouvelle adresse doit être vérifiée, et l'ancienne en est
      avisée.
    </p>
    ${form(
      page,
      `/comptes/${user}/modification`,
      'Modifier',
      html`${field('lastName', "Nom d'exercice", { value: lastName })}
      ${field('email', 'Adresse de messagerie', { type: 'email', value: email?.address ?? '', max: 254 })}`,
    )}
  </section>`;
}
