import type { Finding } from '#dsr/verdict/index.ts';
import { INS_OID } from '#formats/nir/index.ts';
import { openReport, type Report } from '../report/index.ts';
import type { CarriedIdentity, DiffusionCase, TransmissionCase } from './cases.ts';
import { readableTexts } from './readable-texts.ts';
import { RULES, type InsRule } from './rules.ts';
import { STRICT_TRAITS, traitText } from './state-text.ts';

const OIDS: readonly string[] = Object.values(INS_OID);
const NIA_OIDS: ReadonlySet<string> = new Set([INS_OID.nia, INS_OID.niaTest]);

/**
 * Judges that nothing of the INS leaves with an identity that is not qualified (rule 28 of the INS guide; INS/va1.59).
 * Messages are searched as bytes: texts, base64 contents and the entries of archives, whatever the format.
 */
export function checkNotTransmitted({ status, numbers, messages }: TransmissionCase): readonly Finding[] {
  const report = openReport(RULES);
  if (status === 'qualifiee') return report.findings;
  const sought = numbers.filter((number) => number !== '').map((number) => number.slice(0, 13));
  for (const { where, bytes } of messages) {
    const texts = readableTexts(bytes);
    const number = sought.find((one) => texts.some((text) => text.includes(one)));
    const oid = OIDS.find((one) => texts.some((text) => holdsOid(text, one)));
    if (number !== undefined) {
      report.add('INS-NOT-SENT-NUMBER', {
        where,
        received: `le matricule ${number}`,
        expected: `aucun matricule, l’identité étant ${status}`,
        remedy: 'Ne transmettez que les traits tant que l’identité n’est pas qualifiée.',
      });
    }
    if (oid !== undefined) {
      report.add('INS-NOT-SENT-OID', {
        where,
        received: `l’OID ${oid}`,
        expected: `aucun OID d’INS, l’identité étant ${status}`,
        remedy: 'Retirez avec le matricule l’autorité qui l’affecte.',
      });
    }
  }
  return report.findings;
}

/** A longer OID that begins alike is another one. */
function holdsOid(text: string, oid: string): boolean {
  for (let at = text.indexOf(oid); at >= 0; at = text.indexOf(oid, at + 1)) {
    const next = text[at + oid.length] ?? '';
    const previous = text[at - 1] ?? '';
    if (!/[\d.]/.test(previous) && !/^(?:\d|\.\d)/.test(next + (text[at + oid.length + 1] ?? ''))) return true;
  }
  return false;
}

/**
 * Judges that documents and messages carry the identity that INSi returned, unchanged (protocols.md §1.6, A7 and A8).
 * A number of the history is known by its 13 first characters; one that is the active number again is no fault.
 */
export function checkDiffusion(story: DiffusionCase): readonly Finding[] {
  const report = openReport(RULES);
  for (const carried of story.carried) {
    checkCarriedNumber(report, story, carried);
    checkCarriedTraits(report, story, carried);
  }
  return report.findings;
}

function checkCarriedNumber(
  report: Report<InsRule>,
  { active, history }: DiffusionCase,
  carried: CarriedIdentity,
): void {
  const { where, ins, oid } = carried;
  if (ins !== active.ins) {
    const past = ins !== undefined && ins !== '' && history.some((one) => one.ins === ins);
    report.add(past ? 'INS-SENT-HISTORY' : 'INS-SENT-NUMBER', {
      where,
      received: ins === undefined || ins === '' ? 'aucun matricule' : past ? `${ins}, de l’historique` : ins,
      expected: `${active.ins}, le matricule actif`,
      remedy: 'Transmettez le matricule actif renvoyé par INSi, numéro et clé collés ; gardez l’historique pour vous.',
    });
  }
  if (oid === undefined || oid === active.oid) return;
  const nia = NIA_OIDS.has(active.oid);
  report.add(nia ? 'INS-SENT-NIA' : 'INS-SENT-OID', {
    where,
    received: oid || 'vide',
    expected: nia ? `${active.oid}, l’OID des NIA` : active.oid,
    remedy: 'Transmettez l’OID reçu d’INSi avec le matricule, sans le déduire ni le fixer.',
  });
}

function checkCarriedTraits(
  report: Report<InsRule>,
  { traits }: DiffusionCase,
  { where, traits: carried }: CarriedIdentity,
): void {
  if (carried === undefined) return;
  for (const trait of STRICT_TRAITS) {
    if (carried[trait] === undefined) continue;
    const expected = traitText(trait, traits);
    const received = traitText(trait, carried);
    // INSi may leave the place of birth out.
    if (received === expected || expected === '') continue;
    report.add('INS-SENT-TRAITS', {
      where: `${where}, ${trait}`,
      received: received || 'vide',
      expected,
      remedy: 'Recopiez les traits renvoyés par INSi sans les abréger ni les transformer.',
    });
  }
}
