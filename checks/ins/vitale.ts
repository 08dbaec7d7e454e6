import { nirKey } from '#formats/nir/index.ts';
import type { SoapEnvelope } from '#formats/soap/index.ts';
import { at, child, type XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { InsRule } from './rules.ts';
import type { InsiOptions } from './types.ts';
import { BAM } from './vocabulary.ts';

/** Judges a search by Vitale card: numbers with their keys, what the card says and nothing else (protocols.md §1.3, §1.4). */
export function checkVitale(
  report: Report<InsRule>,
  envelope: SoapEnvelope,
  search: XmlElement,
  { card }: InsiOptions,
): void {
  for (const local of ['MatriculeIndividu', 'MatriculeOD']) {
    const e = child(search, local);
    if (e === undefined) continue;
    const number = child(e, 'NumIdentifiant')?.text.trim() ?? '';
    const key = child(e, 'Cle')?.text.trim() ?? '';
    const expected = nirKey(number);
    if (expected !== undefined && expected === key) continue;
    report.add('INSI-VITALE-NUMBER', {
      where: e.path,
      received: `${number || 'vide'} / ${key || 'vide'}`,
      expected: expected === undefined ? 'un numéro de 13 caractères et sa clé' : `clé ${expected}`,
      remedy: 'Recopiez le numéro et la clé lus sur la carte dans NumIdentifiant et Cle, sans les modifier.',
    });
  }
  const [individual, holder] = [numberOf(search, 'MatriculeIndividu'), numberOf(search, 'MatriculeOD')];
  if (individual === '' && holder === '') {
    report.add('INSI-VITALE-REQUIRED', {
      where: search.path,
      received: 'ni MatriculeIndividu ni MatriculeOD',
      expected: 'au moins le matricule de l’ouvrant droit',
      remedy: 'Envoyez les matricules lus sur la carte Vitale.',
    });
  }
  checkCoverage(report, envelope, holder || individual);
  if (card === undefined) return;
  const text = (local: string): string => child(search, local)?.text.trim() ?? '';
  for (const [local, received, expected] of [
    ['MatriculeIndividu', individual, card.bearer ?? ''],
    ['MatriculeOD', holder, card.holder],
    ['NomNaissance', text('NomNaissance'), card.birthName],
    ['DateNaissance', text('DateNaissance'), card.birthDate],
    ['RangNaissance', text('RangNaissance'), String(card.birthRank)],
  ] as const) {
    // Every element is optional on the wire: what is sent must be what the card says, and the numbers must be sent.
    if (received === expected || (received === '' && !local.startsWith('Matricule'))) continue;
    report.add('INSI-VITALE-CARD', {
      where: `${search.path}/${local}[1]`,
      received: received || 'absent',
      expected: expected || 'rien : la carte n’en porte pas',
      remedy: 'Envoyez le contenu de la carte Vitale tel qu’il est lu, sans le compléter par la fiche du patient.',
    });
  }
}

function numberOf(search: XmlElement, local: string): string {
  const part = (name: string): string => at(search, local, name)?.text.trim() ?? '';
  return part('NumIdentifiant') + part('Cle');
}

/** COUVERTURE is empty without a card; when it names the rights holder, it is the one of the search. */
function checkCoverage(report: Report<InsRule>, { header }: SoapEnvelope, expected: string): void {
  const context = header && child(header, 'ContexteBAM', BAM);
  const id = context && at(context, 'COUVERTURE', 'ASSURE', 'Id');
  if (id === undefined) return;
  const received = (child(id, 'Num')?.text.trim() ?? '') + (child(id, 'Cle')?.text.trim() ?? '');
  if (received === expected) return;
  report.add('INSI-VITALE-COVERAGE', {
    where: id.path,
    received: received || 'vide',
    expected: `${expected || 'aucun'}, le matricule de la recherche`,
    remedy: 'Remplissez COUVERTURE et RECVITALE avec la même carte.',
  });
}
