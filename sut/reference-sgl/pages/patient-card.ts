import { html } from 'hono/html';
import { lockedTraits, TRAIT_LABELS, type LockedTrait } from '../identity/index.ts';
import type { IdentityFlag, Ins, Patient } from '../model/index.ts';
import { choice, dateTime, facts, field, form, table } from './layout.ts';
import { mailSection } from './mail.ts';
import type { Html, PageContent, PageContext } from './view.ts';
import { AUTHENTICATION, DOCUMENT, FLAG, frenchDate, PROOF, STATUS, TRACE } from './words.ts';

const LOCKED_BECAUSE = "Repris d'INSi : modifiable par un super-utilisateur seulement";
const NOT_FILLED = 'Non renseigné';

/** Everything known of one identity (rule 1), what may be done with it, and its journal. */
export function patientCard(page: PageContext, patient: Patient): PageContent {
  const { lab, session } = page;
  const user = session.account.nationalId;
  const trace = { at: lab.now(), user, patientId: patient.id, detail: 'affichage de la fiche' };
  if (!lab.faults.has('ins-sans-trace')) lab.traces.add({ ...trace, kind: 'consultation' });
  const { traits } = patient;
  return {
    title: `${traits.birthName} ${traits.firstNames[0] ?? ''}`,
    main: html`${banner(patient)} ${identityFacts(page, patient)}
      <section aria-labelledby="insi">
        <h2 id="insi">Téléservice INSi</h2>
        ${insiForms(page, patient)}
      </section>
      <section aria-labelledby="justificatif">
        <h2 id="justificatif">Justificatif et validation</h2>
        ${form(
          page,
          `/patients/${patient.id}/justificatif`,
          'Enregistrer le justificatif',
          choice('document', 'Justificatif présenté', Object.entries(DOCUMENT), { chosen: patient.document }),
        )}
        ${form(
          page,
          `/patients/${patient.id}/piece`,
          "Valider l'identité",
          choice('document', 'Sur ce justificatif', Object.entries(DOCUMENT), {
            chosen: patient.document,
            id: 'document-validation',
          }),
        )}
        ${flagForms(page, patient)}
      </section>
      <section aria-labelledby="modifier">
        <h2 id="modifier">Modifier l'identité</h2>
        ${modification(page, patient)}
      </section>
      <section aria-labelledby="partage">
        <h2 id="partage">Partage</h2>
        ${dmpLink(page, patient)} ${form(page, `/patients/${patient.id}/message-hl7`, 'Envoyer un message HL7')}
      </section>
      <section aria-labelledby="messagerie">
        <h2 id="messagerie">Correspondants et messagerie MSSanté</h2>
        ${mailSection(page, patient)}
      </section>
      ${journal(page, patient)}`,
  };
}

/** Always on the screen (rule 3): birth name, first birth name, date, sex; and how far the identity can be trusted. */
function banner({ traits, status, flags, mergedInto }: Patient): Html {
  return html`<div class="bandeau" role="group" aria-label="Identité">
    <span><b>Nom de naissance</b> ${traits.birthName}</span>
    <span><b>1er prénom de naissance</b> ${traits.firstNames[0] ?? ''}</span>
    <span><b>Date de naissance</b> ${frenchDate(traits.birthDate)}</span>
    <span><b>Sexe</b> ${traits.sex}</span>
    <span class="statut statut-${status}">${STATUS[status]}</span>
    ${flags.map((flag) => html`<span class="alerte">${FLAG[flag]}</span>`)}
    ${mergedInto === undefined ? '' : html`<span class="alerte">Fusionnée dans ${mergedInto}</span>`}
  </div>`;
}

function identityFacts({ memory, lab }: PageContext, patient: Patient): Html {
  const { traits, ins, document, proof, identifiers, insHistory } = patient;
  const locked = new Set<LockedTrait>(lab.faults.has('ins-verrou-invisible') ? [] : lockedTraits(patient));
  const shows = memory.displayed;
  return html`<section aria-labelledby="identite">
    <h2 id="identite">Identité</h2>
    ${locked.size > 0 ? html`<p class="aide">Champs verrouillés : ils viennent d'INSi et ne se modifient pas.</p>` : ''}
    ${facts([
      ['Statut', STATUS[patient.status]],
      ['Matricule INS', ins ? `${ins.matricule} (${natureOf(ins)})` : 'Aucun', locked.has('ins')],
      ['OID du matricule', ins?.oid ?? 'Aucun', locked.has('oid')],
      ['Nom de naissance', traits.birthName, locked.has('birthName')],
      ['1er prénom de naissance', traits.firstNames[0] ?? '', locked.has('firstNames')],
      ['Prénom(s) de naissance', traits.firstNames.join(' '), locked.has('firstNames')],
      ['Date de naissance', frenchDate(traits.birthDate), locked.has('birthDate')],
      ['Sexe', traits.sex === 'F' ? 'F (féminin)' : 'M (masculin)', locked.has('sex')],
      ...(shows.has('birthPlace')
        ? [['Code du lieu de naissance', traits.birthPlace ?? NOT_FILLED, locked.has('birthPlace')] as const]
        : []),
      ...(shows.has('usedName') ? [['Nom utilisé', traits.usedName ?? NOT_FILLED] as const] : []),
      ...(shows.has('usedFirstName') ? [['Prénom utilisé', traits.usedFirstName ?? NOT_FILLED] as const] : []),
      ['IPP', patient.localId],
      ...(shows.has('document') ? [['Justificatif', DOCUMENT[document]] as const] : []),
      ['Vérification', PROOF[proof]],
      ...(shows.has('identifiers') && identifiers.length > 0
        ? [
            [
              "Identifiants d'autres systèmes",
              identifiers.map((one) => `${one.value} (${one.authority})`).join(', '),
            ] as const,
          ]
        : []),
      ['Numéro de sécurité sociale (remboursement des soins)', memory.reimbursement.get(patient.id) ?? NOT_FILLED],
    ])}
    ${table(
      'Historique des matricules INS',
      ['Matricule', 'OID'],
      insHistory.map((old) => [old.matricule, old.oid]),
    )}
  </section>`;
}

/** NIR or NIA, as rule 32 wants beside the number. */
function natureOf({ oid }: Ins): string {
  return ['1.2.250.1.213.1.4.9', '1.2.250.1.213.1.4.11'].includes(oid) ? 'NIA' : 'NIR';
}

function insiForms(page: PageContext, patient: Patient): Html {
  const { config } = page.lab;
  const means = (id: string): Html =>
    choice(
      'authentication',
      'Authentification',
      Object.entries(AUTHENTICATION).filter(([code]) => code === 'organisation' || (code === 'cpx' && config.insi.cpx)),
      { id },
    );
  const compared = page.memory.comparisons.has(patient.id);
  return html`${
      patient.flags.length > 0
        ? html`<p class="alerte">Appel à INSi bloqué : l'identité est douteuse ou fictive.</p>`
        : ''
    }
    ${form(page, `/patients/${patient.id}/recherche-ins`, "Rechercher l'INS par traits", means('mode-traits'))}
    <details>
      <summary>Rechercher l'INS par carte Vitale</summary>
      ${form(
        page,
        `/patients/${patient.id}/recherche-vitale`,
        "Rechercher l'INS par carte Vitale",
        html`<p class="aide">Ce poste n'a pas de lecteur : recopiez ce que porte la carte de test.</p>
          ${field('bearer', 'NIR du porteur', { max: 15, hint: '15 caractères ; vide pour un enfant sans NIR sur la carte' })}
          ${field('holder', "NIR de l'ouvrant droit", { max: 15, required: true })}
          ${field('cardName', 'Nom de naissance de la carte', { required: true })}
          ${field('cardBirthDate', 'Date de naissance de la carte', { max: 10, hint: 'AAAA-MM-JJ', required: true })}
          ${field('birthRank', 'Rang de naissance', { max: 1, value: '1', pattern: '[1-9]' })} ${means('mode-vitale')}`,
      )}
    </details>
    ${patient.ins ? form(page, `/patients/${patient.id}/verification-ins`, "Vérifier l'INS", means('mode-verification')) : ''}
    ${
      compared
        ? html`<p><a href="/patients/${patient.id}/comparaison">Traits saisis et traits renvoyés par INSi</a></p>`
        : ''
    }`;
}

function flagForms(page: PageContext, patient: Patient): Html {
  return html`${(Object.keys(FLAG) as IdentityFlag[]).map((flag) => {
    const on = patient.flags.includes(flag);
    return form(
      page,
      `/patients/${patient.id}/attribut`,
      `${on ? 'Retirer' : 'Poser'} l'attribut « ${FLAG[flag].toLowerCase()} »`,
      html`<input type="hidden" name="flag" value="${flag}" /><input
          type="hidden"
          name="on"
          value="${on ? 'non' : 'oui'}"
        />`,
    );
  })}`;
}

/** Every trait with its value; an ordinary user sees the locked ones and cannot change them (rule 26). */
function modification(page: PageContext, patient: Patient): Html {
  const superUser = page.session.profile === 'super-utilisateur';
  const closed = new Set<LockedTrait>(superUser ? [] : lockedTraits(patient));
  const lock = (name: LockedTrait): { locked?: string } => (closed.has(name) ? { locked: LOCKED_BECAUSE } : {});
  const { traits, ins } = patient;
  const input = (name: 'birthName' | 'birthDate' | 'birthPlace') =>
    field(name, capital(TRAIT_LABELS[name]), { value: traits[name] ?? '', capitals: true, ...lock(name) });
  return form(
    page,
    `/patients/${patient.id}/modification`,
    'Enregistrer les modifications',
    html`${
      superUser && ins
        ? html`<p class="alerte">Modifier un trait strict retire le matricule INS et rétrograde l'identité.</p>`
        : ''
    }
    ${field('ins', 'Matricule INS', { value: ins?.matricule ?? '', locked: 'Alimenté par INSi seulement, jamais saisi' })}
    ${field('oid', 'OID du matricule', { value: ins?.oid ?? '', locked: 'Alimenté par INSi seulement, jamais saisi' })}
    ${input('birthName')}
    ${field('firstNames', 'Prénom(s) de naissance', {
      value: traits.firstNames.join(', '),
      capitals: true,
      hint: "Dans l'ordre, séparés par des virgules",
      ...lock('firstNames'),
    })}
    ${choice(
      'sex',
      'Sexe',
      [
        ['F', 'Féminin'],
        ['M', 'Masculin'],
      ],
      { chosen: traits.sex, ...lock('sex') },
    )}
    ${input('birthDate')} ${input('birthPlace')}
    ${field('usedName', 'Nom utilisé', { value: traits.usedName ?? '', capitals: true })}
    ${field('usedFirstName', 'Prénom utilisé', { value: traits.usedFirstName ?? '', capitals: true })}
    ${field('socialSecurityNumber', 'Numéro de sécurité sociale (remboursement des soins)', {
      value: page.memory.reimbursement.get(patient.id) ?? '',
      max: 21,
    })}`,
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function dmpLink({ lab }: PageContext, { status, ins }: Patient): Html {
  const webPs = lab.config.dmp.webPs.replace(/\/$/, '');
  return status === 'qualifiee' && ins
    ? html`<p>
        <a
          href="${webPs}/AccesDirect/TableauDeBord/${ins.matricule}"
          target="_blank"
          rel="noopener noreferrer"
          referrerpolicy="no-referrer"
          >Ouvrir le DMP du patient (nouvel onglet)</a
        >
      </p>`
    : html`<p class="aide">Le DMP s'ouvre d'ici quand l'identité est qualifiée.</p>`;
}

function journal({ lab }: PageContext, patient: Patient): Html {
  return table(
    'Journal du patient',
    ['Date', 'Utilisateur', 'Action', 'Détail', 'Partenaire'],
    lab.traces
      .of(patient.id)
      .toReversed()
      .slice(0, 200)
      .map((trace) => [dateTime(trace.at), trace.user, TRACE[trace.kind], trace.detail, trace.partner ?? '']),
  );
}
