import { INS_OID, nirKey } from '#formats/nir/index.ts';
import { at, attribute, children, type XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { InsRule } from './rules.ts';
import { checkTraits } from './search.ts';
import { checkSentTraits } from './sent-traits.ts';
import type { InsiOperation, InsiOptions } from './types.ts';
import { inOurNames, namesOf, VERIFICATION, type VerificationNames } from './verification-names.ts';

const OIDS: readonly string[] = Object.values(INS_OID);

/**
 * Judges the body of a verification, unit or bulk: one INS and the traits that go with it, for each identity. No public source
 * gives its form: names are those of `operations.json` (protocols.md §1.1), what must be in it follows the purpose (rule 46).
 */
export function checkVerificationBody(
  report: Report<InsRule>,
  payload: XmlElement,
  kind: InsiOperation['kind'],
  options: InsiOptions,
): void {
  const names = namesOf(options.verification);
  const read = inOurNames(payload, names);
  const entries = children(read, VERIFICATION.entry);
  const bulk = kind === 'verification-masse';
  if (bulk ? entries.length === 0 : entries.length > 0) {
    report.add('INSI-VERIF-CONTENT', {
      where: payload.path,
      received: `${entries.length} élément(s) ${names.entry}`,
      expected: bulk ? `un élément ${names.entry} par identité` : `l’identité, directement dans ${payload.name.local}`,
      remedy: `Placez une identité par ${names.entry} en masse, et l’identité seule en vérification unitaire.`,
    });
  }
  if (bulk) checkReferences(report, entries, names);
  for (const e of entries.length > 0 ? entries : bulk ? [] : [read]) checkEntry(report, e, names, options);
}

/** Each entry has a reference of its own: the answer is told apart by it. */
function checkReferences(
  report: Report<InsRule>,
  entries: readonly XmlElement[],
  { reference }: VerificationNames,
): void {
  const seen = new Set<string>();
  for (const e of entries) {
    const ref = attribute(e, VERIFICATION.reference) ?? '';
    if (ref === '' || seen.has(ref)) {
      report.add('INSI-VERIF-REF', {
        where: `${e.path}/@${reference}`,
        received: ref === '' ? 'absent' : `${ref}, déjà employé`,
        expected: 'une référence par identité, reprise dans la réponse',
        remedy: 'Numérotez les identités d’une vérification en masse.',
      });
    }
    seen.add(ref);
  }
}

function checkEntry(report: Report<InsRule>, e: XmlElement, names: VerificationNames, options: InsiOptions): void {
  const part = (local: string): string => at(e, VERIFICATION.matricule, local)?.text.trim() ?? '';
  const [number, key, oid] = [part(VERIFICATION.number), part(VERIFICATION.key), part(VERIFICATION.oid)];
  const matricule = `${e.path}/${names.matricule}[1]`;
  const expected = nirKey(number);
  if (expected === undefined || key !== expected || !OIDS.includes(oid)) {
    report.add('INSI-VERIF-CONTENT', {
      where: matricule,
      received: `${number || 'vide'} / ${key || 'vide'}, OID ${oid || 'vide'}`,
      expected: `un numéro de 13 caractères, ${expected === undefined ? 'sa clé' : `la clé ${expected}`} et l’OID d’une autorité d’affectation`,
      remedy: 'Faites vérifier le matricule, sa clé et son OID tels qu’ils ont été reçus.',
    });
  }
  checkTraits(report, e);
  const { identities } = options;
  if (identities === undefined) return;
  const identity = identities.find((one) => one.ins === `${number}${key}`);
  if (identity === undefined || (identity.oid !== undefined && identity.oid !== oid)) {
    report.add('INSI-VERIF-IDENTITY', {
      where: matricule,
      received: `${number}${key} (OID ${oid || 'vide'})`,
      expected: identities.map((one) => `${one.ins ?? 'aucun matricule'} (OID ${one.oid ?? 'aucun'})`).join(' ou '),
      remedy: 'Faites vérifier l’identité demandée, avec son matricule et son OID.',
    });
  }
  checkSentTraits(report, e, identity ?? identities[0]);
}
