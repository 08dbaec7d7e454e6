import type { Finding } from '#dsr/verdict/index.ts';
import { openReport, type Report } from '../report/index.ts';
import type { FeedCase, PartnerCase, VerificationCase } from './cases.ts';
import { RULES, type InsRule } from './rules.ts';
import { holdsInsi, insText, stateText, STRICT_TRAITS, traitText } from './state-text.ts';
import type { HeldTraits, IdentityState } from './types.ts';

const WHERE = 'fiche patient';

/** Judges what the answer to a verification did to an identity of the product (rule 49 of the INS guide; INS/va1.08). */
export function checkVerification({ returned, before, after, tasks, patientId }: VerificationCase): readonly Finding[] {
  const report = openReport(RULES);
  if (returned !== 'KO') {
    if (stateText(before) !== stateText(after)) {
      report.add('INS-VERIF-UNCHANGED', {
        where: WHERE,
        received: stateText(after),
        expected: `${stateText(before)} : INSi a répondu ${returned || 'rien de lisible'}`,
        remedy: 'Ne modifiez l’identité que sur un retour KO de la vérification.',
      });
    }
    return report.findings;
  }
  if (after.ins !== undefined || after.oid !== undefined) {
    report.add('INS-VERIF-KO-INS', {
      where: `${WHERE}, matricule INS et OID`,
      received: insText(after),
      expected: 'ni matricule ni OID',
      remedy: 'Supprimez (ou invalidez) le matricule et l’OID dès le retour KO.',
    });
  }
  if (after.status !== 'provisoire') {
    report.add('INS-VERIF-KO-STATUS', {
      where: `${WHERE}, statut`,
      received: after.status,
      expected: `provisoire, l’identité étant ${before.status} et INSi ayant répondu KO`,
      remedy: 'Rétrogradez l’identité au statut provisoire sur un retour KO.',
    });
  }
  if (tasks !== undefined && !tasks.some((task) => patientId === undefined || task.patientId === patientId)) {
    report.add('INS-VERIF-KO-TASK', {
      where: 'liste de travail',
      received: tasks.length === 0 ? 'vide' : 'rien pour ce patient',
      expected: 'une tâche pour cette identité',
      remedy: 'Placez l’identité dans une liste de travail dédiée, à traiter par une personne.',
    });
  }
  return report.findings;
}

/**
 * Judges what the product did with an identity that another identification domain sent (rules 30, 51, 52, 53 and 55 of the
 * INS guide; INS/va1.04, 05, 07, 11, 12, 13, 57).
 */
export function checkPartnerIdentity(story: PartnerCase): readonly Finding[] {
  const report = openReport(RULES);
  const { sent, before, after, verifications } = story;
  const trusted =
    story.directCare === false && sent.reliability === 'VALI' && (story.trustedDomains ?? []).includes(sent.domain);
  const known = before?.ins !== undefined && before.ins === sent.ins && holdsInsi(before.status);
  if (sent.ins !== undefined && !known && !trusted && verifications.length === 0) {
    report.add('INS-PARTNER-VERIFY', {
      where: 'appels à INSi',
      received: 'aucune vérification',
      expected: `une vérification de ${sent.ins}, transmis par le domaine ${sent.domain || 'inconnu'}`,
      remedy: 'Lancez la vérification à réception du flux, sans attendre l’utilisateur.',
    });
  }
  checkReceived(report, story);
  const last = verifications.at(-1);
  const returned = last?.kind === 'verified' ? last.code : '';
  if (trusted && returned !== 'KO') {
    if (after?.status !== 'qualifiee' || after.ins !== sent.ins || after.oid !== sent.oid) {
      report.add('INS-PARTNER-TRUST', {
        where: WHERE,
        received: after === undefined ? 'aucune identité' : `${after.status}, ${insText(after)}`,
        expected: `qualifiee, ${insText(sent)}`,
        remedy: 'Reconnaissez les émetteurs sous contrat de confiance et créez l’identité au statut qualifiée.',
      });
    }
    return report.findings;
  }
  if (returned === 'KO') afterKo(report, story);
  else {
    checkQualification(report, story, returned);
    if (returned === 'OK') afterOk(report, story);
    else if (after?.ins !== undefined && after.ins === sent.ins && before?.ins !== sent.ins) {
      report.add('INS-PARTNER-UNVERIFIED', {
        where: `${WHERE}, matricule INS et OID`,
        received: insText(after),
        expected: 'aucun matricule : INSi n’a pas répondu OK',
        remedy: 'Ne rattachez le matricule transmis qu’après un retour OK de la vérification.',
      });
    }
  }
  return report.findings;
}

/** The message was acknowledged: what it says is here, or waits for somebody; it says nothing of anybody else. */
function checkReceived(report: Report<InsRule>, { sent, after, other, tasks }: PartnerCase): void {
  if (after === undefined && !(tasks ?? []).some((task) => task.messageId === sent.messageId)) {
    report.add('INS-PARTNER-RECEIVED', {
      where: WHERE,
      received: 'aucune identité, et aucune tâche pour ce message',
      expected: 'l’identité transmise, ou une tâche qui la montre à quelqu’un',
      remedy: 'N’acquittez un message que si ce qu’il dit est intégré, ou mis dans une liste de travail.',
    });
  }
  if (other !== undefined && stateText(other.before) !== stateText(other.after)) {
    report.add('INS-PARTNER-OTHER', {
      where: 'fiche de l’autre personne',
      received: stateText(other.after),
      expected: stateText(other.before),
      remedy: 'Ne rapprochez deux identités que si tous leurs traits stricts concordent, lieu de naissance compris.',
    });
  }
}

/** Qualified is only right where the product itself has seen a strong document: it was validée or qualifiée before. */
function checkQualification(report: Report<InsRule>, { before, after, sent }: PartnerCase, returned: string): void {
  if (after?.status !== 'qualifiee') return;
  if (before?.status === 'qualifiee' || (before?.status === 'validee' && returned === 'OK')) return;
  report.add('INS-PARTNER-NOT-TRANSITIVE', {
    where: `${WHERE}, statut`,
    received: 'qualifiee',
    expected: `récupérée au plus : l’émetteur (${sent.domain || 'inconnu'}) n’est pas du même domaine`,
    remedy: 'Requalifiez : vérification par INSi et contrôle d’un document, comme pour toute identité nouvelle.',
  });
}

function afterOk(report: Report<InsRule>, { sent, before, after }: PartnerCase): void {
  if (before !== undefined) return;
  const differing = after === undefined ? [] : differences(sent.traits, after.traits);
  const status = after?.status === 'recuperee' || after?.status === 'qualifiee';
  if (after !== undefined && after.ins === sent.ins && after.oid === sent.oid && status && differing.length === 0)
    return;
  report.add('INS-PARTNER-CREATED', {
    where: WHERE,
    received:
      after === undefined
        ? 'aucune identité'
        : `${after.status}, ${insText(after)}${differing.length > 0 ? `, ${differing.join(', ')} différents` : ''}`,
    expected: `recuperee, ${insText(sent)}, avec les traits transmis`,
    remedy: 'Créez l’identité avec ce que l’émetteur a transmis, matricule et OID compris, au statut récupérée.',
  });
}

function afterKo(report: Report<InsRule>, story: PartnerCase): void {
  const { sent, before, after } = story;
  if (before !== undefined) {
    if (after === undefined || stateText(before) !== stateText(after)) {
      report.add('INS-PARTNER-KO-KNOWN', {
        where: WHERE,
        received: after === undefined ? 'aucune identité' : stateText(after),
        expected: `${stateText(before)} : INSi a répondu KO`,
        remedy: 'Sur un retour KO, ne mettez pas à jour l’identité déjà connue.',
      });
    }
  } else if (after === undefined) {
    if (!(story.tasks ?? []).some((task) => task.messageId === sent.messageId)) {
      report.add('INS-PARTNER-KO-CREATED', {
        where: WHERE,
        received: 'aucune identité, et aucune tâche pour ce message',
        expected: 'l’identité créée sans son INS, ou proposée à la création',
        remedy: 'Sur un retour KO, créez l’identité inconnue avec les traits transmis, sans matricule ni OID.',
      });
    }
  } else {
    const differing = differences(sent.traits, after.traits);
    if (differing.length > 0) {
      report.add('INS-PARTNER-KO-CREATED', {
        where: WHERE,
        received: `${differing.join(', ')} différents de ce qui a été transmis`,
        expected: 'les traits transmis',
        remedy: 'Sur un retour KO, créez l’identité inconnue avec les traits transmis, sans matricule ni OID.',
      });
    }
    if (after.ins !== undefined || after.oid !== undefined || holdsInsi(after.status)) {
      report.add('INS-PARTNER-KO-INS', {
        where: `${WHERE}, statut, matricule INS et OID`,
        received: `${after.status}, ${insText(after)}`,
        expected: 'provisoire, ni matricule ni OID',
        remedy: 'Ne gardez d’une identité vérifiée KO ni le matricule ni l’OID.',
      });
    }
  }
  checkHealthData(report, story);
}

function checkHealthData(report: Report<InsRule>, { sent, healthDataIntegrated, tasks }: PartnerCase): void {
  if (healthDataIntegrated === undefined) return;
  if (healthDataIntegrated) {
    report.add('INS-PARTNER-KO-DATA', {
      where: 'dossier du patient',
      received: 'la donnée de santé du message, intégrée',
      expected: 'rien : INSi a répondu KO',
      remedy: 'Sur un retour KO, alertez l’utilisateur et laissez-le rattacher la donnée.',
    });
  }
  if (!(tasks ?? []).some((task) => task.kind === 'donnee-non-integree' && task.messageId === sent.messageId)) {
    report.add('INS-PARTNER-KO-TASK', {
      where: 'liste de travail',
      received: 'rien pour ce message',
      expected: `une tâche pour le message ${sent.messageId ?? ''}`.trim(),
      remedy: 'Placez la donnée de santé dans une liste de travail dédiée.',
    });
  }
}

/** Judges what a product did with a feed of its own identification domain (rule 33 of the INS guide; INS/va1.72, 73). */
export function checkIdentityFeed({ event, sent, after }: FeedCase): readonly Finding[] {
  const report = openReport(RULES);
  if (after === undefined) {
    report.add('INS-FEED-STORED', {
      where: WHERE,
      received: 'aucune identité',
      expected: 'l’identité transmise par le flux',
      remedy: 'Intégrez les flux d’identité de votre domaine en création, mise à jour et suppression.',
    });
    return report.findings;
  }
  if (event === 'removal') {
    if (after.ins !== undefined || after.oid !== undefined) {
      report.add('INS-FEED-REMOVED', {
        where: `${WHERE}, matricule INS et OID`,
        received: insText(after),
        expected: 'ni matricule ni OID',
        remedy: 'À réception de la suppression (A47), retirez le matricule et l’OID de l’identité.',
      });
    }
    return report.findings;
  }
  const differing = [
    ...differences(sent.traits, after.traits).map((trait) => ({
      trait,
      received: traitText(trait, after.traits),
      expected: traitText(trait, sent.traits),
    })),
    ...usedDifferences(sent.traits, after.traits),
  ];
  if (differing.length > 0) {
    report.add('INS-FEED-STORED', {
      where: `${WHERE}, ${differing.map(({ trait }) => trait).join(', ')}`,
      received: differing.map(({ received }) => received || 'vide').join(' | '),
      expected: differing.map(({ expected }) => expected || 'vide').join(' | '),
      remedy: 'Enregistrez les traits du segment PID tels quels.',
    });
  }
  checkFeedIns(report, sent, after);
  return report.findings;
}

function checkFeedIns(report: Report<InsRule>, sent: FeedCase['sent'], after: IdentityState): void {
  if (sent.reliability !== 'VALI') {
    if (after.ins === undefined && after.oid === undefined && after.status !== 'qualifiee') return;
    report.add('INS-FEED-NOT-QUALIFIED', {
      where: `${WHERE}, statut, matricule INS et OID`,
      received: `${after.status}, ${insText(after)}`,
      expected: `ni matricule ni OID, identité non qualifiée : PID-32 vaut ${sent.reliability || 'vide'}`,
      remedy: 'Sans PID-32 = VALI, enregistrez les traits et laissez l’INS.',
    });
  } else if (sent.ins !== undefined) {
    if (after.ins === sent.ins && after.oid === sent.oid && after.status === 'qualifiee') return;
    report.add('INS-FEED-INS', {
      where: `${WHERE}, statut, matricule INS et OID`,
      received: `${after.status}, ${insText(after)}`,
      expected: `qualifiee, ${insText(sent)}`,
      remedy: 'Enregistrez la répétition INS de PID-3 avec l’OID de son autorité, et le statut qualifiée.',
    });
  }
}

/** Strict traits that differ, among those that were sent. */
function differences(sent: HeldTraits, held: HeldTraits): readonly (typeof STRICT_TRAITS)[number][] {
  return STRICT_TRAITS.filter((trait) => {
    const expected = traitText(trait, sent);
    return expected !== '' && expected !== traitText(trait, held);
  });
}

/**
 * Used names that were sent and are not held. Unlike birth names they have no imposed form, hence the comparison without
 * case nor accents; one that only repeats the birth name need not be kept.
 */
function usedDifferences(
  sent: HeldTraits,
  held: HeldTraits,
): readonly { readonly trait: string; readonly received: string; readonly expected: string }[] {
  return (
    [
      ['usedName', sent.birthName],
      ['usedFirstName', sent.firstNames[0] ?? ''],
    ] as const
  ).flatMap(([trait, birth]) => {
    const expected = sent[trait] ?? '';
    const received = held[trait] ?? '';
    if (expected === '' || loose(expected) === loose(received)) return [];
    return received === '' && loose(expected) === loose(birth) ? [] : [{ trait, received, expected }];
  });
}

function loose(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim().toUpperCase();
}
