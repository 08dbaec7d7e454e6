import { html } from 'hono/html';
import type { IdentityDocument } from '../model/index.ts';
import { PROFILES } from '../sessions/index.ts';
import { boxes, choice, facts, field, form } from './layout.ts';
import { OPTIONAL_FIELDS } from './memory.ts';
import { RIGHTS } from './rights.ts';
import type { Html, PageContent, PageContext } from './view.ts';
import { DOCUMENT, OPTIONAL_FIELD, PROFILE, RIGHT } from './words.ts';

/** Documents that may be shown; none of them is the absence of one. */
export const SHOWABLE_DOCUMENTS = (Object.keys(DOCUMENT) as IdentityDocument[]).filter((one) => one !== 'aucun');

/** Settings of the site (rules 3, 4, 19 and 30): everybody reads them, who has the right changes them. */
export function settingsPage(page: PageContext): PageContent {
  const { lab, memory, session } = page;
  const settings = lab.settings.current();
  const may = memory.rights.has(session.profile, 'parametres');
  /** Who may not change them sees the same fields, closed and without a button. */
  const edit = (action: string, label: string, fields: Html): Html =>
    may ? form(page, action, label, fields) : html`<fieldset class="lecture" disabled>${fields}</fieldset>`;
  return {
    title: 'Paramètres',
    main: html`${may ? '' : html`<p class="aide">Votre profil lit les paramètres sans pouvoir les modifier.</p>`}
    ${section(
      'justificatifs',
      'Justificatifs et degré de confiance',
      edit(
        '/parametres/justificatifs',
        'Enregistrer les justificatifs',
        html`${boxes(
          'strongDocuments',
          'Justificatifs à haut degré de confiance',
          SHOWABLE_DOCUMENTS.map((one) => [one, DOCUMENT[one]]),
          (one) => settings.strongDocuments.some((strong) => strong === one),
        )}
        ${boxes(
          'automaticValidation',
          'Validation automatique',
          [['oui', "Valider l'identité dès qu'un tel justificatif est enregistré"]],
          () => settings.automaticValidation,
        )}`,
      ),
    )}
    ${section(
      'domaine',
      "Domaine d'identification et contrats de confiance",
      html`${facts([['OID de notre domaine', settings.domain]])}
      ${edit(
        '/parametres/domaine',
        'Enregistrer le domaine',
        html`${choice(
          'role',
          'Rôle du logiciel',
          [
            ['referentiel', "Référentiel d'identités"],
            ['esclave', "Esclave de l'identité : reçoit les identités de son domaine"],
          ],
          { chosen: settings.role },
        )}
        ${field('trustedDomains', 'Domaines liés par un contrat de confiance', {
          value: settings.trustedDomains.join(', '),
          hint: 'OID séparés par des virgules',
          max: 2000,
        })}
        ${boxes(
          'directCare',
          'Prise en charge',
          [['oui', 'Le laboratoire prend directement en charge les usagers']],
          () => settings.directCare,
        )}`,
      )}`,
    )}
    ${section(
      'messagerie',
      'Messagerie MSSanté et annuaire',
      edit(
        '/parametres/messagerie',
        'Enregistrer la messagerie',
        html`${choice(
          'mailSending',
          'Envoi des comptes rendus',
          [
            ['automatique', 'À la validation biologique'],
            ['manuel', "Au choix de l'utilisateur"],
          ],
          { chosen: settings.mailSending },
        )}
        ${choice(
          'reportRoute',
          'Chemin des comptes rendus',
          [
            ['directe', 'Vers le DMP et la messagerie, depuis ce logiciel'],
            ['hl7-oru', "Vers l'établissement, par messages ORU^R01"],
            ['hl7-oul', "Vers l'établissement, par messages OUL^R22"],
            ['hl7-mdm', "Vers l'établissement, par messages MDM"],
          ],
          { chosen: settings.reportRoute },
        )}
        ${choice(
          'mailSender',
          'Boîte qui envoie',
          [
            ['organisationnelle', 'Boîte organisationnelle'],
            ['applicative', 'Boîte applicative'],
          ],
          { chosen: settings.mailSender },
        )}
        ${field('replyToProfessionals', 'Adresse de retour des professionnels', {
          value: settings.mailReplyTo.professionals ?? '',
        })}
        ${field('replyToPatients', 'Adresse de retour des patients', { value: settings.mailReplyTo.patients ?? '' })}
        ${boxes(
          'patientReplies',
          'Réponses',
          [['oui', 'Les patients peuvent répondre aux messages']],
          () => settings.patientReplies,
        )}
        ${field('directoryEveryHours', "Heures entre deux chargements de l'annuaire", {
          value: String(settings.directoryEveryHours).replace('.', ','),
          required: true,
        })}`,
      ),
    )}
    ${section(
      'affichage',
      "Champs affichés sur la fiche d'identité",
      edit(
        '/parametres/affichage',
        "Enregistrer l'affichage",
        html`<p class="aide">
            Le nom de naissance, le 1er prénom de naissance, la date de naissance et le sexe sont toujours affichés.
          </p>
          ${boxes(
            'displayed',
            'Champs au choix du site',
            OPTIONAL_FIELDS.map((one) => [one, OPTIONAL_FIELD[one]]),
            (one) => OPTIONAL_FIELDS.some((known) => known === one && memory.displayed.has(known)),
          )}`,
      ),
    )}
    ${section(
      'habilitations',
      'Habilitations',
      edit(
        '/parametres/habilitations',
        'Enregistrer les habilitations',
        html`${PROFILES.map((profile) =>
          boxes(
            `droits-${profile}`,
            PROFILE[profile],
            RIGHTS.map((right) => [right, RIGHT[right]]),
            (right) => RIGHTS.some((known) => known === right && memory.rights.has(profile, known)),
          ),
        )}`,
      ),
    )}`,
  };
}

function section(id: string, title: string, content: Html): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;
}
