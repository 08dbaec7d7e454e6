import { html } from 'hono/html';
import type { InsiIdentity } from '../identity/index.ts';
import type { Patient, Traits } from '../model/index.ts';
import { dateTime, facts } from './layout.ts';
import type { Comparison } from './memory.ts';
import type { PageContent } from './view.ts';
import { frenchDate, STATUS } from './words.ts';

interface Line {
  label: string;
  typed: string;
  returned: string;
  now: string;
}

/** What was typed, what INSi returned, what the record holds now; differences stand out (rule 6, INS/va1.52). */
export function comparisonPage(patient: Patient, { at, typed, returned, message }: Comparison): PageContent {
  const lines = linesOf(typed, returned, patient.traits);
  return {
    title: `Retour d'INSi pour ${patient.localId}`,
    main: html`<p class="avis" role="status">${message}</p>
      ${facts([
        ['Appel du', dateTime(at)],
        ['Statut', STATUS[patient.status]],
        ['Matricule INS renvoyé', returned.ins.matricule],
        ['OID renvoyé', returned.ins.oid],
        ['Matricule INS de la fiche', patient.ins?.matricule ?? 'Aucun'],
      ])}
      <div class="defile" role="region" aria-label="Comparaison des traits" tabindex="0">
        <table>
          <caption>
            Traits saisis et traits renvoyés par INSi
          </caption>
          <thead>
            <tr>
              <th scope="col">Trait</th>
              <th scope="col">Saisi</th>
              <th scope="col">Renvoyé par INSi</th>
              <th scope="col">Dans la fiche</th>
              <th scope="col">Écart</th>
            </tr>
          </thead>
          <tbody>
            ${lines.map((line) => {
              const differs = line.typed !== line.returned;
              return html`<tr ${differs ? html`class="ecart"` : ''}>
                <th scope="row">${line.label}</th>
                <td>${line.typed}</td>
                <td>${line.returned}</td>
                <td>${line.now}</td>
                <td>${differs ? 'Différent' : 'Identique'}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      <p><a href="/patients/${patient.id}">Retour à la fiche du patient</a></p>`,
  };
}

function linesOf(typed: Traits, returned: InsiIdentity, now: Traits): Line[] {
  const list = returned.firstNameList ?? returned.firstName;
  const shown = (value: string | undefined): string => (value === undefined || value === '' ? '(vide)' : value);
  return [
    ['Nom de naissance', typed.birthName, returned.birthName, now.birthName] as const,
    ['1er prénom de naissance', typed.firstNames[0], returned.firstName, now.firstNames[0]] as const,
    ['Prénom(s) de naissance', typed.firstNames.join(' '), list, now.firstNames.join(' ')] as const,
    ['Date de naissance', typed.birthDate, returned.birthDate, now.birthDate] as const,
    ['Sexe', typed.sex, returned.sex, now.sex] as const,
    ['Code du lieu de naissance', typed.birthPlace, returned.birthPlace, now.birthPlace] as const,
  ].map(([label, ...values]) => {
    const [before, from, after] = values.map((value) => frenchDate(shown(value))) as [string, string, string];
    return { label, typed: before, returned: from, now: after };
  });
}
