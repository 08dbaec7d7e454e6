import type { SoapEnvelope } from '#formats/soap/index.ts';
import { attribute, child, type XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { InsRule } from './rules.ts';
import type { InsiOptions } from './types.ts';
import { BAM, LPS } from './vocabulary.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

interface Context {
  readonly rule: 'INSI-CONTEXTE-BAM' | 'INSI-CONTEXTE-LPS';
  readonly name: 'ContexteBAM' | 'ContexteLPS';
  readonly namespace: string;
  readonly version: string;
  readonly children: readonly string[];
}

const CONTEXTS: readonly Context[] = [
  {
    rule: 'INSI-CONTEXTE-BAM',
    name: 'ContexteBAM',
    namespace: BAM,
    version: '01_02',
    children: ['Id', 'Temps', 'COUVERTURE'],
  },
  {
    rule: 'INSI-CONTEXTE-LPS',
    name: 'ContexteLPS',
    namespace: LPS,
    version: '01_00',
    children: ['Id', 'Temps', 'LPS'],
  },
];

/** What a request says of its software; compared between requests. */
export interface RequestIdentity {
  readonly contextIds: readonly string[];
  readonly idam: string;
  readonly name: string;
  readonly version: string;
  readonly instance: string;
}

/** Judges ContexteBAM and ContexteLPS (protocols.md §1.3). */
export function checkContexts(
  report: Report<InsRule>,
  envelope: SoapEnvelope,
  at: Date | undefined,
  options: InsiOptions,
): void {
  for (const context of CONTEXTS) {
    const e = envelope.header && child(envelope.header, context.name, context.namespace);
    checkContext(report, context, e);
    if (e === undefined) continue;
    checkId(report, e);
    checkTime(report, e, at, options.toleranceSeconds ?? 300);
  }
  const lps = envelope.header && child(envelope.header, 'ContexteLPS', LPS);
  const software = lps && child(lps, 'LPS', LPS);
  if (software !== undefined) checkSoftware(report, software, options);
}

/** Identity that a request carries; empty strings for what is absent. */
export function identityOf(envelope: SoapEnvelope): RequestIdentity {
  const block = (name: string, namespace: string): XmlElement | undefined =>
    envelope.header && child(envelope.header, name, namespace);
  const contexts = [block('ContexteBAM', BAM), block('ContexteLPS', LPS)];
  const software = contexts[1] && child(contexts[1], 'LPS', LPS);
  const value = (local: string): string => (software && child(software, local, LPS))?.text.trim() ?? '';
  return {
    contextIds: contexts.map((e) => (e && child(e, 'Id'))?.text.trim() ?? '').filter((id) => id !== ''),
    idam: value('IDAM'),
    name: value('Nom'),
    version: value('Version'),
    instance: value('Instance'),
  };
}

function checkContext(report: Report<InsRule>, context: Context, e: XmlElement | undefined): void {
  const remedy = `Ajoutez ${context.name} (${context.namespace}) dans l’en-tête SOAP, Version="${context.version}", avec ${context.children.join(', ')}.`;
  const where = e?.path ?? '/Envelope/Header[1]';
  if (e === undefined) {
    report.add(context.rule, { where, received: 'absent', expected: context.name, remedy });
    return;
  }
  const version = attribute(e, 'Version');
  if (version !== context.version) {
    report.add(context.rule, {
      where: `${where}/@Version`,
      received: version ?? 'absent',
      expected: context.version,
      remedy,
    });
  }
  for (const local of context.children) {
    if (child(e, local, context.namespace) !== undefined) continue;
    report.add(context.rule, { where: `${where}/${local}`, received: 'absent', expected: local, remedy });
  }
}

function checkId(report: Report<InsRule>, e: XmlElement): void {
  const id = child(e, 'Id');
  if (id === undefined || UUID.test(id.text.trim())) return;
  report.add('INSI-CONTEXT-ID-UNIQUE', {
    where: id.path,
    received: id.text.trim() || 'vide',
    expected: 'un UUID',
    remedy: 'Tirez un nouvel UUID pour l’Id de chaque contexte, à chaque appel.',
  });
}

function checkTime(report: Report<InsRule>, e: XmlElement, at: Date | undefined, tolerance: number): void {
  const time = child(e, 'Temps');
  if (time === undefined) return;
  const text = time.text.trim();
  const match = DATE_TIME.exec(text);
  const instant = match ? Date.parse(text) : Number.NaN;
  const breach = { where: time.path, received: text || 'vide' };
  if (match === null || Number.isNaN(instant)) {
    report.add('INSI-CONTEXT-TIME', {
      ...breach,
      expected: 'une date et heure xsd:dateTime, par exemple 2026-01-05T10:00:00Z',
      remedy: 'Écrivez Temps au format xsd:dateTime, en UTC.',
    });
  } else if (match[1] !== 'Z' && match[1] !== '+00:00') {
    report.add('INSI-CONTEXT-TIME', {
      ...breach,
      expected: 'une heure UTC, terminée par Z',
      remedy: 'Convertissez l’heure locale en UTC et terminez par Z.',
    });
  } else if (at !== undefined && Math.abs(instant - at.getTime()) > tolerance * 1000) {
    report.add('INSI-CONTEXT-TIME', {
      ...breach,
      expected: `une heure à moins de ${tolerance} s de ${at.toISOString()}`,
      remedy: 'Mettez le poste à l’heure (NTP) et calculez Temps au moment de l’appel.',
    });
  }
}

function checkSoftware(report: Report<InsRule>, software: XmlElement, options: InsiOptions): void {
  const idam = child(software, 'IDAM', LPS);
  const number = idam?.text.trim() ?? '';
  const r = idam && attribute(idam, 'R');
  const declared = options.declared?.idam;
  if (number === '' || r !== '4' || (declared !== undefined && declared !== number)) {
    report.add('INSI-IDAM', {
      where: idam?.path ?? `${software.path}/IDAM`,
      received: idam === undefined ? 'absent' : `R="${r ?? 'absent'}", ${number || 'vide'}`,
      expected: `R="4", ${declared ?? 'le numéro d’autorisation délivré par le CNDA'}`,
      remedy: 'Envoyez le numéro d’autorisation CNDA de votre logiciel dans IDAM, avec l’attribut R="4".',
    });
  }
  for (const [local, form, expected] of [
    ['Nom', /^urn:lps:[^:\s]+:[^:\s]+$/, 'urn:lps:<produit>:<version>'],
    ['Instance', UUID, 'l’UUID de l’installation'],
  ] as const) {
    const e = child(software, local, LPS);
    const text = e?.text.trim() ?? '';
    if (e === undefined || text === '' || form.test(text)) continue;
    report.add('INSI-LPS-FORM', {
      where: e.path,
      received: text,
      expected,
      remedy: `Donnez à ${local} la forme attendue.`,
    });
  }
  for (const local of ['Version', 'Instance', 'Nom']) {
    if (child(software, local, LPS)?.text.trim()) continue;
    report.add('INSI-LPS-IDENTITY', {
      where: `${software.path}/${local}`,
      received: 'absent ou vide',
      expected:
        local === 'Nom'
          ? 'urn:lps:<produit>:<version>'
          : local === 'Instance'
            ? 'l’UUID de l’installation'
            : 'la version du logiciel',
      remedy: `Renseignez ${local} dans ContexteLPS/LPS.`,
    });
  }
}
