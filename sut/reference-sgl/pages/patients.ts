import { html } from 'hono/html';
import type { SearchCriteria } from '../identity/index.ts';
import type { Patient } from '../model/index.ts';
import { choice, field, form, table } from './layout.ts';
import type { Html, PageContent, PageContext } from './view.ts';
import { DOCUMENT, frenchDate, STATUS } from './words.ts';

/** Names of the fields of the search, and the criterion that each one is. */
const CRITERIA = [
  ['naissance', 'birthDate'],
  ['nom', 'nameStart'],
  ['prenom', 'firstNameStart'],
  ['matricule', 'ins'],
] as const;

/** A screen shows no more, and asks for other criteria. */
const MAX_SHOWN = 200;

/**
 * The search in our own base, and the way to a new identity (rule 17).
 *
 * @throws {Refusal} when the number searched is not whole, or its key is wrong
 */
export function patientsPage(page: PageContext, query: URLSearchParams): PageContent {
  const typed = new Map(CRITERIA.map(([name]) => [name, query.get(name)?.trim() ?? '']));
  const given = CRITERIA.filter(([name]) => typed.get(name) !== '');
  const criteria = Object.fromEntries(given.map(([name, key]) => [key, typed.get(name)])) as SearchCriteria;
  const value = (name: (typeof CRITERIA)[number][0]) => ({ value: typed.get(name) ?? '' });
  const found = page.lab.patients.search(criteria);
  return {
    title: 'Patients',
    main: html`<p><a class="action" href="/patients/nouveau">Créer une identité</a></p>
      <section aria-labelledby="chercher">
        <h2 id="chercher">Rechercher un patient connu</h2>
        <form method="get" action="/patients">
          ${field('naissance', 'Date de naissance', { ...value('naissance'), hint: 'AAAA-MM-JJ', max: 10 })}
          ${field('nom', 'Premiers caractères du nom', { ...value('nom'), hint: 'Nom de naissance ou nom utilisé' })}
          ${field('prenom', 'Premiers caractères du prénom', {
            ...value('prenom'),
            hint: "L'un des prénoms de naissance, ou le prénom utilisé",
          })}
          ${field('matricule', 'Matricule INS', {
            ...value('matricule'),
            hint: '15 caractères : le matricule et sa clé',
            max: 21,
          })}
          <button type="submit">Rechercher</button>
        </form>
        <p class="aide">
          Les apostrophes, les tirets, les espaces et les accents ne comptent pas. Plusieurs critères se cumulent.
        </p>
        ${patientTable(found)}
      </section>`,
  };
}

function patientTable(found: readonly Patient[]): Html {
  const caption = found.length > MAX_SHOWN ? `Patients, les ${MAX_SHOWN} premiers sur ${found.length}` : 'Patients';
  return table(
    caption,
    ['IPP', 'Nom de naissance', 'Nom utilisé', 'Prénoms de naissance', 'Date de naissance', 'Sexe', 'Statut'],
    found
      .slice(0, MAX_SHOWN)
      .map(({ id, localId, traits, status }) => [
        html`<a href="/patients/${id}">${localId}</a>`,
        traits.birthName,
        traits.usedName ?? '',
        traits.firstNames.join(' '),
        frenchDate(traits.birthDate),
        traits.sex,
        STATUS[status],
      ]),
  );
}

/** Letters, apostrophe, hyphen, space; lower case is written in capitals by the system. */
const NAME_PATTERN = "[A-Za-z' \\-]+";
const NAME_HINT = 'Lettres sans accent, tiret, apostrophe et espace ; enregistré en majuscules';
const NAME_MAX = 100;

/** The form of a new identity (rule 5): five fields are mandatory, the others never. */
export function newPatientPage(page: PageContext): PageContent {
  const name = { pattern: NAME_PATTERN, hint: NAME_HINT, max: NAME_MAX, capitals: true };
  return {
    title: 'Créer une identité',
    main: html`<p>Recherchez d'abord le patient parmi les <a href="/patients">patients connus</a>.</p>
      ${form(
        page,
        '/patients',
        "Créer l'identité",
        html`<fieldset>
            <legend>Traits stricts</legend>
            ${field('birthName', 'Nom de naissance', { ...name, required: true })}
            ${field('firstName', '1er prénom de naissance', { ...name, required: true })}
            ${choice('sex', 'Sexe (obligatoire)', [
              ['', 'À choisir'],
              ['F', 'Féminin'],
              ['M', 'Masculin'],
            ])}
            ${field('birthDate', 'Date de naissance', {
              required: true,
              max: 10,
              pattern: String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`,
              hint: 'AAAA-MM-JJ, jour de 01 à 31, mois de 01 à 12',
            })}
            ${field('birthPlace', 'Code du lieu de naissance', {
              required: true,
              max: 5,
              pattern: '[0-9A-Za-z]{5}',
              hint: 'Code officiel géographique (INSEE) de la commune ou du pays ; 99999 quand il est inconnu',
              capitals: true,
            })}
          </fieldset>
          <fieldset>
            <legend>Traits complémentaires, facultatifs</legend>
            ${field('firstNames', 'Prénoms de naissance', {
              hint: "Tous, dans l'ordre de l'acte de naissance, séparés par des virgules",
              capitals: true,
            })}
            ${field('usedName', 'Nom utilisé', name)} ${field('usedFirstName', 'Prénom utilisé', name)}
            ${field('socialSecurityNumber', 'Numéro de sécurité sociale (remboursement des soins)', {
              pattern: String.raw`[0-9 ]{5}[0-9ABab ]+`,
              max: 21,
              hint: 'Sert à la seule facturation',
            })}
          </fieldset>
          ${choice('document', 'Justificatif présenté', Object.entries(DOCUMENT), { chosen: 'aucun' })}`,
      )}`,
  };
}
