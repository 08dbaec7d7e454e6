import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { openReport, type Report } from '../report/index.ts';
import type { ChangeCase, FlagCase } from './cases.ts';
import { RULES, type InsRule } from './rules.ts';
import { holdsInsi, insText, sameText, STRICT_TRAITS, traitText, type StrictTrait } from './state-text.ts';
import type { HeldTraits, IdentityState } from './types.ts';

const WHERE = 'fiche patient';

/** Judges what a doubtful or fictive attribute did to an identity (rule 25 of the INS implementation guide; INS/va1.44). */
export function checkFlaggedIdentity({ flag, before, after }: FlagCase): readonly Finding[] {
  const report = openReport(RULES);
  if (after.flags !== undefined && !after.flags.includes(flag)) {
    report.add('INS-FLAG-KEPT', {
      where: `${WHERE}, attributs`,
      received: after.flags.join(', ') || 'aucun',
      expected: flag,
      remedy: 'Enregistrez l’attribut choisi par l’utilisateur et montrez-le sur la fiche.',
    });
  }
  if (after.status !== 'provisoire') {
    report.add('INS-FLAG-STATUS', {
      where: `${WHERE}, statut`,
      received: after.status,
      expected: `provisoire, car l’identité est dite ${flag}`,
      remedy: 'Rétrogradez toute identité douteuse ou fictive au statut provisoire, quel que fût son statut.',
    });
  }
  if (holdsInsi(before.status) && (after.ins !== undefined || after.oid !== undefined)) {
    report.add('INS-FLAG-INS', {
      where: `${WHERE}, matricule INS et OID`,
      received: insText(after),
      expected: 'ni matricule ni OID',
      remedy: 'Supprimez (ou invalidez) le matricule et l’OID dès que le statut est rétrogradé.',
    });
  }
  return report.findings;
}

/**
 * Judges that no call was made for an identity said doubtful or fictive (rule 25; INS/va1.20).
 *
 * @param exchanges calls to INSi about this patient since the attribute was set
 */
export function checkNoInsiCall(flag: FlagCase['flag'], exchanges: readonly HttpExchange[]): readonly Finding[] {
  const report = openReport(RULES);
  for (const exchange of exchanges) {
    report.add('INS-FLAG-NO-CALL', {
      where: `échange ${exchange.id}`,
      received: `un appel ${exchange.operation} à INSi`,
      expected: `aucun appel, l’identité étant ${flag}`,
      remedy: 'Bloquez l’appel à INSi, et ses relances automatiques, tant que l’attribut est posé.',
    });
  }
  return report.findings;
}

/**
 * Judges which traits the product shows as locked (rule 26; INS/va1.47, INS/va1.48). Silent when the product does not say
 * (`locked` absent): only eyes can then judge.
 */
export function checkLockedTraits(state: IdentityState): readonly Finding[] {
  const report = openReport(RULES);
  const { locked } = state;
  if (locked === undefined) return report.findings;
  const open = [...STRICT_TRAITS, 'ins', 'oid'].filter((trait) => !locked.includes(trait));
  if (holdsInsi(state.status) && open.length > 0) {
    report.add('INS-LOCK-SHOWN', {
      where: `${WHERE}, champs verrouillés`,
      received: `modifiables : ${open.join(', ')}`,
      expected: 'tous les traits stricts, le matricule et l’OID verrouillés, et montrés comme tels',
      remedy: 'Verrouillez ces champs dès le statut récupérée, et montrez-le (champ grisé, cadenas).',
    });
  }
  const shut = locked.filter((trait) => trait === 'usedName' || trait === 'usedFirstName');
  if (shut.length > 0) {
    report.add('INS-LOCK-OPEN', {
      where: `${WHERE}, champs verrouillés`,
      received: shut.join(', '),
      expected: 'nom utilisé et prénom utilisé modifiables',
      remedy: 'Ne verrouillez que les traits stricts, le matricule et l’OID.',
    });
  }
  return report.findings;
}

/** Judges a change asked for by an ordinary user, on an identity that INSi gave (rule 26; INS/va1.18, INS/va1.48). */
export function checkOrdinaryChange(change: ChangeCase): readonly Finding[] {
  const report = openReport(RULES);
  const { before, after, refused, message } = change;
  if (!holdsInsi(before.status)) return report.findings;
  const strict = strictChanges(change);
  for (const trait of STRICT_TRAITS) {
    if (sameText(trait, before.traits, after.traits)) continue;
    report.add('INS-LOCK-STRICT', {
      where: `${WHERE}, ${trait}`,
      received: traitText(trait, after.traits) || 'vide',
      expected: `${traitText(trait, before.traits)}, inchangé : l’identité est ${before.status}`,
      remedy: 'Refusez à un utilisateur ordinaire toute modification d’un trait strict, du matricule ou de l’OID.',
    });
  }
  if (insText(before) !== insText(after)) {
    report.add('INS-LOCK-STRICT', {
      where: `${WHERE}, matricule INS et OID`,
      received: insText(after),
      expected: insText(before),
      remedy: 'Refusez à un utilisateur ordinaire toute modification d’un trait strict, du matricule ou de l’OID.',
    });
  }
  if (strict.length > 0 && refused && message.trim() === '') {
    report.add('INS-LOCK-TOLD', {
      where: 'message à l’utilisateur',
      received: 'rien',
      expected: 'la raison du refus',
      remedy: 'Dites à l’utilisateur que ces champs viennent d’INSi et qui peut les modifier.',
    });
  }
  if (strict.length === 0) complementaryApplied(report, change);
  return report.findings;
}

/** Judges a change made by a super user (rule 27; INS/va1.60). Its propagation is judged by `checks/hl7v2`. */
export function checkSuperUserChange(change: ChangeCase): readonly Finding[] {
  const report = openReport(RULES);
  const { before, after, changes } = change;
  const strict = strictChanges(change);
  const lost = strict.filter((trait) => traitText(trait, after.traits) !== traitText(trait, changes));
  if (change.refused || lost.length > 0) {
    report.add('INS-CHANGE-APPLIED', {
      where: `${WHERE}, ${lost.join(', ') || 'traits'}`,
      received: change.refused ? `refus : ${change.message || 'sans message'}` : 'valeur inchangée',
      expected: 'les valeurs saisies par le super utilisateur',
      remedy: 'Donnez au profil super utilisateur le droit de modifier les traits stricts.',
    });
    return report.findings;
  }
  if (!holdsInsi(before.status)) return report.findings;
  if (strict.length === 0) {
    complementaryApplied(report, change);
    return report.findings;
  }
  if (after.ins !== undefined || after.oid !== undefined) {
    report.add('INS-CHANGE-INS', {
      where: `${WHERE}, matricule INS et OID`,
      received: insText(after),
      expected: 'ni matricule ni OID',
      remedy: 'Supprimez (ou invalidez) le matricule et l’OID dès qu’un trait strict change.',
    });
  }
  const lower = before.status === 'qualifiee' ? 'validee' : 'provisoire';
  if (after.status !== lower) {
    report.add('INS-CHANGE-STATUS', {
      where: `${WHERE}, statut`,
      received: after.status,
      expected: `${lower}, l’identité étant ${before.status} avant la modification`,
      remedy: 'Rétrogradez d’un niveau : récupérée devient provisoire, qualifiée devient validée.',
    });
  }
  return report.findings;
}

/** Strict traits that the change gives another value. */
function strictChanges({ changes, before }: ChangeCase): readonly StrictTrait[] {
  return STRICT_TRAITS.filter((trait) => changes[trait] !== undefined && !sameText(trait, before.traits, changes));
}

function complementaryApplied(report: Report<InsRule>, { changes, before, after, refused, message }: ChangeCase): void {
  const wanted = (['usedName', 'usedFirstName'] as const).filter((trait) => changes[trait] !== undefined);
  const lost = wanted.filter((trait: keyof HeldTraits) => after.traits[trait] !== changes[trait]);
  if (wanted.length > 0 && (refused || lost.length > 0)) {
    report.add('INS-LOCK-OPEN', {
      where: `${WHERE}, ${wanted.join(', ')}`,
      received: refused ? `refus : ${message || 'sans message'}` : 'valeur inchangée',
      expected: 'la valeur saisie : c’est un trait complémentaire',
      remedy: 'Laissez tout utilisateur modifier les traits complémentaires.',
    });
  }
  if (before.status !== after.status || insText(before) !== insText(after)) {
    report.add('INS-CHANGE-COMPLEMENTARY', {
      where: `${WHERE}, statut, matricule INS et OID`,
      received: `${after.status}, ${insText(after)}`,
      expected: `${before.status}, ${insText(before)}`,
      remedy: 'Ne rétrogradez l’identité et ne retirez l’INS que pour un trait strict.',
    });
  }
}
