import { openReport, type Report } from '../report/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { isValidIns } from '#formats/nir/index.ts';
import { RULES, type InsRule } from './rules.ts';
import { strict } from './sent-traits.ts';
import { traitsText } from './state-text.ts';
import type { IdentityContext, IdentityState, InsiAnswer } from './types.ts';

type Found = Extract<InsiAnswer, { kind: 'found' }>;

/**
 * Judges what the product did with an answer of INSi (rules 6, 11, 12, 20, 39 of the INS implementation guide).
 *
 * @param answer what INSi answered, see `readInsiAnswer`
 * @param state the identity in the product after the call, once the user accepted what the product proposed
 */
export function checkIdentityState(
  answer: InsiAnswer,
  state: IdentityState,
  context: IdentityContext,
): readonly Finding[] {
  const report = openReport(RULES);
  const rejection = answer.kind === 'found' ? rejectionOf(answer) : undefined;
  if (answer.kind === 'found' && rejection === undefined) {
    checkStored(report, answer, state);
    checkFirstName(report, answer, state, context);
    checkStatusAfterFound(report, state, context);
  } else {
    checkNothingStored(report, answer, rejection, state, context);
    checkRejectionTold(report, rejection, context);
    checkStatusWithoutInsi(report, state, context);
  }
  return report.findings;
}

interface Rejection {
  readonly rule: InsRule;
  /** The rule that wants the user to know. */
  readonly told: InsRule;
  readonly reason: string;
}

/** Why an answer 00 must not be used, if it must not. */
function rejectionOf(answer: Found): Rejection | undefined {
  const { traits, active } = answer;
  if (/-00/.test(traits.birthDate)) {
    return {
      rule: 'INS-STATE-REJECT-DATE',
      told: 'INS-STATE-REJECT-DATE-TOLD',
      reason: `INSi a renvoyé la date de naissance ${traits.birthDate}`,
    };
  }
  const empty = [
    ['le nom de naissance', traits.birthName],
    ['la liste des prénoms', traits.firstNames],
    ['le sexe', traits.sex],
  ].find(([, value]) => value === '');
  if (empty) {
    return {
      rule: 'INS-STATE-REJECT-EMPTY',
      told: 'INS-STATE-REJECT-EMPTY-TOLD',
      reason: `INSi a renvoyé ${empty[0]} vide`,
    };
  }
  if (!isValidIns(active.ins)) {
    return {
      rule: 'INS-STATE-REJECT-KEY',
      told: 'INS-STATE-REJECT-KEY-TOLD',
      reason: `INSi a renvoyé le matricule ${active.ins}, dont la clé est fausse`,
    };
  }
  return undefined;
}

function checkStored(report: Report<InsRule>, answer: Found, state: IdentityState): void {
  const { traits } = answer;
  // An identity that the user did not accept stays as it was: only what claims to come from INSi is compared.
  const claims = state.status === 'recuperee' || state.status === 'qualifiee' || state.ins !== undefined;
  if (!claims) return;
  const pairs: readonly (readonly [string, string, string])[] = [
    ['nom de naissance', state.traits.birthName, traits.birthName],
    ['prénoms', state.traits.firstNames.join(' '), traits.firstNames],
    ['sexe', state.traits.sex, traits.sex],
    ['date de naissance', state.traits.birthDate, traits.birthDate],
    ['lieu de naissance', state.traits.birthPlace ?? '', traits.birthPlace],
  ];
  for (const [name, received, expected] of pairs) {
    // INSi may leave the place of birth out: the product then keeps its own.
    if (received === expected || expected === '') continue;
    report.add('INS-STATE-TRAITS', {
      where: `fiche patient, ${name}`,
      received: received || 'vide',
      expected,
      remedy: `Remplacez ${name} par la valeur renvoyée par INSi, telle quelle, quand le statut devient récupérée ou qualifiée.`,
    });
  }
  if (state.ins !== answer.active.ins || state.oid !== answer.active.oid) {
    report.add('INS-STATE-INS', {
      where: 'fiche patient, matricule INS et OID',
      received: `${state.ins ?? 'aucun'} (OID ${state.oid ?? 'aucun'})`,
      expected: `${answer.active.ins} (OID ${answer.active.oid})`,
      remedy: 'Enregistrez le matricule actif (numéro et clé) et l’OID renvoyés par INSi.',
    });
  }
  for (const past of answer.history) {
    if (state.history.some((one) => one.ins === past.ins && one.oid === past.oid)) continue;
    report.add('INS-STATE-HISTORY', {
      where: 'fiche patient, historique des matricules',
      received: state.history.map((one) => one.ins).join(', ') || 'vide',
      expected: `${past.ins} (OID ${past.oid})`,
      remedy: 'Enregistrez chaque INSHISTO de la réponse, sans contrôler la chronologie des dates.',
    });
  }
}

/**
 * Rule 6: the first name that the user typed must open the list that INSi returns; otherwise an alert on the first names
 * is shown, whether the product then keeps the answer or not. What a message says is not read: see `isAlertUnread`.
 */
function checkFirstName(report: Report<InsRule>, answer: Found, state: IdentityState, context: IdentityContext): void {
  const { before, message, alerts } = context;
  if (opensList(answer, state, context)) return;
  const stored = state.ins !== undefined && state.ins !== before?.ins;
  const shown =
    alerts === undefined ? (message === undefined ? !stored : message.trim() !== '') : alerts.some(isOfFirstNames);
  if (shown) return;
  const others = (alerts ?? []).map(({ field }) => field).join(', ');
  report.add('INS-STATE-FIRST-NAME', {
    where: 'fiche patient, premier prénom',
    received: `${typedFirst(state, context) || 'vide'}, ${others === '' ? 'sans alerte' : `alerte(s) sur ${others}`}`,
    expected: `un prénom qui ouvre la liste « ${answer.traits.firstNames} », ou une alerte sur les prénoms`,
    remedy:
      'Contrôlez que le premier prénom ouvre la liste des prénoms renvoyée par INSi, sinon alertez l’utilisateur (« alerts », champ firstNames).',
  });
}

/**
 * Whether rule 6 asks for an alert that only a person can recognise: the product showed words, and does not give its
 * alerts apart.
 */
export function isAlertUnread(answer: InsiAnswer, state: IdentityState, context: IdentityContext): boolean {
  return (
    answer.kind === 'found' &&
    rejectionOf(answer) === undefined &&
    context.alerts === undefined &&
    (context.message ?? '').trim() !== '' &&
    !opensList(answer, state, context)
  );
}

function opensList({ traits }: Found, state: IdentityState, context: IdentityContext): boolean {
  return `${strict(traits.firstNames)} `.startsWith(`${strict(typedFirst(state, context))} `);
}

function typedFirst(state: IdentityState, { before }: IdentityContext): string {
  return (before ?? state).traits.firstNames[0] ?? '';
}

function isOfFirstNames({ field, message }: NonNullable<IdentityContext['alerts']>[number]): boolean {
  return field === 'firstNames' && message.trim() !== '';
}

/** Rules 11 and 12, as their proofs have it: the user sees an alert or an error, and not a search that ended well. */
function checkRejectionTold(
  report: Report<InsRule>,
  rejection: Rejection | undefined,
  { message }: IdentityContext,
): void {
  if (rejection === undefined || message === undefined || message.trim() !== '') return;
  report.add(rejection.told, {
    where: 'message à l’utilisateur',
    received: 'rien',
    expected: `une alerte ou une erreur : ${rejection.reason}`,
    remedy: 'Dites à l’utilisateur que le retour d’INSi n’est pas rapatrié, et pourquoi.',
  });
}

function checkStatusAfterFound(report: Report<InsRule>, state: IdentityState, context: IdentityContext): void {
  if (state.status === 'qualifiee' && !context.strongDocument) addQualified(report);
  if (state.ins !== undefined && state.status !== 'qualifiee' && state.status !== 'recuperee') {
    report.add('INS-STATE-RETRIEVED', {
      where: 'fiche patient, statut',
      received: state.status,
      expected: context.strongDocument ? 'qualifiee' : 'recuperee',
      remedy:
        'Attribuez le statut récupérée (ou qualifiée avec un dispositif à haut niveau de confiance) au retour 00.',
    });
  } else if (state.status === 'recuperee' && context.strongDocument) {
    report.add('INS-STATE-RETRIEVED', {
      where: 'fiche patient, statut',
      received: 'recuperee',
      expected: 'qualifiee, car un dispositif à haut niveau de confiance est enregistré',
      remedy: 'Passez au statut qualifiée quand les deux conditions sont réunies.',
    });
  }
}

function checkStatusWithoutInsi(report: Report<InsRule>, state: IdentityState, context: IdentityContext): void {
  const hadIns = context.before?.ins !== undefined;
  if (hadIns) return;
  if (state.status === 'qualifiee') addQualified(report);
  if (state.status === 'recuperee') {
    report.add('INS-STATE-RETRIEVED', {
      where: 'fiche patient, statut',
      received: 'recuperee',
      expected: context.strongDocument ? 'validee' : 'provisoire',
      remedy: 'Ne passez au statut récupérée que sur un retour 00 exploitable d’INSi.',
    });
  }
  if (state.status === 'validee' && !context.strongDocument) {
    report.add('INS-STATE-VALIDATED', {
      where: 'fiche patient, statut',
      received: 'validee',
      expected: 'provisoire, car aucun dispositif à haut niveau de confiance n’est enregistré',
      remedy: 'Ne passez au statut validée qu’avec un dispositif à haut niveau de confiance.',
    });
  }
}

function addQualified(report: Report<InsRule>): void {
  report.add('INS-STATE-QUALIFIED', {
    where: 'fiche patient, statut',
    received: 'qualifiee',
    expected: 'un autre statut : il manque le retour d’INSi ou le dispositif à haut niveau de confiance',
    remedy:
      'N’attribuez le statut qualifiée que si INSi a répondu 00 et qu’un document à haut niveau de confiance est enregistré.',
  });
}

function checkNothingStored(
  report: Report<InsRule>,
  answer: InsiAnswer,
  rejection: Rejection | undefined,
  state: IdentityState,
  context: IdentityContext,
): void {
  const { before } = context;
  const reason = rejection?.reason ?? reasonOf(answer);
  const received = `${state.ins ?? 'aucun'} (OID ${state.oid ?? 'aucun'}), statut ${state.status}`;
  const gained = state.ins !== undefined && state.ins !== before?.ins;
  if (gained) {
    report.add(rejection?.rule ?? 'INS-STATE-NO-INS', {
      where: 'fiche patient, matricule INS',
      received,
      expected: `aucun matricule nouveau : ${reason}`,
      remedy: 'N’enregistrez rien de cette réponse et affichez l’anomalie à l’utilisateur.',
    });
  }
  if (before === undefined) return;
  const changed = traitsText(before.traits) !== traitsText(state.traits);
  if (changed || (!gained && before.status !== state.status)) {
    report.add(rejection?.rule ?? 'INS-STATE-UNCHANGED', {
      where: 'fiche patient',
      received: `${traitsText(state.traits)}, statut ${state.status}`,
      expected: `${traitsText(before.traits)}, statut ${before.status} : ${reason}`,
      remedy: 'Laissez l’identité telle qu’elle était avant l’appel.',
    });
  }
}

function reasonOf(answer: InsiAnswer): string {
  switch (answer.kind) {
    case 'none':
      return `INSi a répondu ${answer.code}`;
    case 'fault':
      return `INSi a répondu par l’erreur ${answer.code}`;
    default:
      return 'INSi n’a pas donné de réponse lisible';
  }
}
