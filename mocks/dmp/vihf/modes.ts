import type { DmpProfile } from '../settings.ts';
import { OIDS } from '../vocabulary.ts';
import authentication from './authentication.json' with { type: 'json' };
import { type Vihf, VIHF_ATTRIBUTES } from './read.ts';

interface Mode {
  /** AuthnContextClassRef that it is made for; empty: any. */
  readonly classes: readonly string[];
  /** Whether subject-id must be there, or must not. */
  readonly subjectId: boolean;
  readonly declaration: boolean;
  /** Pattern of the NameID; empty: any. */
  readonly person: string;
}

const SECTOR = new RegExp(authentication.sector);
const MODES: ReadonlyMap<string, Mode> = new Map(Object.entries(authentication.modes));

/**
 * What a VIHF says of itself and of how its user was authenticated: version, mode, class, what `INDIRECTE_RENFORCEE` adds, access mode.
 * @returns a French sentence for the first breach
 * Source: protocols.md §2.10; `authentication.json`.
 */
export function authenticationBreach(vihf: Vihf, profile: Pick<DmpProfile, 'unknownAuthnClass'>): string | undefined {
  const version = vihf.attributes.get('vihf_version')?.[0] ?? '';
  if (!authentication.versions.includes(version)) {
    return `VIHF mal formé : VIHF_Version « ${version.slice(0, 40)} » non admise.`;
  }
  const mode = MODES.get(vihf.mode);
  if (!mode) return `VIHF mal formé : Authentification_Mode « ${vihf.mode} » inconnu.`;
  if (mode.subjectId && vihf.subjectName === '') return `VIHF mal formé : ${VIHF_ATTRIBUTES.subjectId} absent.`;
  const { purposes, purposeSystem } = authentication;
  if (vihf.authnClass === '') return 'VIHF mal formé : AuthnContextClassRef absent.';
  if (!isKnownClass(vihf) && profile.unknownAuthnClass !== 'accepted') {
    return `VIHF mal formé : AuthnContextClassRef « ${vihf.authnClass.slice(0, 100)} » inconnu.`;
  }
  if (!purposes.includes(vihf.purpose) || vihf.purposeSystem !== purposeSystem) {
    return `VIHF mal formé : purposeofuse « ${vihf.purpose.slice(0, 100)} » inconnu.`;
  }
  if (!mode.declaration) return undefined;
  if (!vihf.hasAuthnDecl) return `VIHF mal formé : AuthnContextDecl absent en mode ${vihf.mode}.`;
  if (!new RegExp(mode.person).test(vihf.nameId)) {
    return `VIHF mal formé : NameID « ${vihf.nameId.slice(0, 100)} » n'est pas un numéro RPPS ou ADELI.`;
  }
  if (vihf.roles[0]?.system !== OIDS.profession) {
    return `VIHF mal formé : une profession de santé est attendue en mode ${vihf.mode}.`;
  }
  return undefined;
}

function isKnownClass({ authnClass }: Vihf): boolean {
  return authentication.classes.some((name) => authnClass === `${authentication.classPrefix}${name}`);
}

/** What is accepted and should not be done. French sentences. */
export function authenticationWarnings(vihf: Vihf): readonly string[] {
  const mode = MODES.get(vihf.mode);
  if (!mode) return [];
  const names = mode.classes.map((name) => `${authentication.classPrefix}${name}`);
  const sector = vihf.attributes.get('secteur_activite')?.[0] ?? '';
  return [
    ...(SECTOR.test(sector) ? [] : [`Secteur_Activite « ${sector.slice(0, 60)} » mal écrit`]),
    ...(isKnownClass(vihf) ? [] : [`AuthnContextClassRef « ${vihf.authnClass.slice(0, 100)} » jamais vue`]),
    ...(names.length > 0 && !names.includes(vihf.authnClass)
      ? [`AuthnContextClassRef en mode ${vihf.mode} : ${mode.classes.join(', ')} est attendu`]
      : []),
    ...unconfirmed(vihf),
    ...(!mode.subjectId && vihf.subjectName !== '' ? [`subject-id n'a pas lieu d'être en mode ${vihf.mode}`] : []),
  ];
}

/**
 * What a VIHF asks whose form is not public: the secret connection of a minor, and the justification of an urgent access.
 * It is read, and changes nothing of the answer.
 * Source: protocols.md §2.10; `authentication.json`.
 */
function unconfirmed({ attributes, purpose }: Vihf): readonly string[] {
  const { secretConnection, justification } = authentication;
  const known: readonly string[] = secretConnection.values;
  const secret = attributes.get(secretConnection.attribute)?.[0];
  const urgent = justification.purposes.includes(purpose);
  const given = attributes.get(justification.attribute.toLowerCase())?.[0] ?? '';
  return [
    ...(secret === undefined
      ? []
      : [
          `connexion secrète demandée (confidentiality-code « ${secret.slice(0, 60)} »)${known.includes(secret) ? '' : ' : valeur non confirmée'}`,
        ]),
    ...(urgent && given === ''
      ? [
          justification.attribute === ''
            ? `justification de l'accès « ${purpose} » non jugée : sa place dans le VIHF n'est pas confirmée`
            : `justification de l'accès « ${purpose} » absente (${justification.attribute})`,
        ]
      : []),
  ];
}
