import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { verifyAssertion } from '#formats/saml/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { attribute, child } from '#formats/xml/index.ts';
import { isBenchLimit, limitBreach, openReport, type Report } from '../report/index.ts';
import { checkAttributes } from './attributes.ts';
import { assertionsOf, readVihf, SAML } from './read.ts';
import { RULES, type VihfRule } from './rules.ts';
import { checkCertificates, checkSignature } from './signature.ts';
import { envelopeOf, packageLimit } from './source.ts';
import type { Vihf, VihfOptions, VihfRequest } from './types.ts';

/**
 * Judges the VIHF of a request to the DMP. Values come from the signed reference; when the signature is wrong the finding
 * says so, and the values as sent are still judged, so that a developer sees everything at once.
 *
 * @param source an exchange of the journal, or what is known of a request
 */
export function checkVihf(source: VihfRequest | HttpExchange, options: VihfOptions = {}): readonly Finding[] {
  const request = 'protocol' in source ? requestOf(source) : source;
  const report = openReport(RULES);
  const reading = readSoap(request.envelope);
  const packed = 'protocol' in source ? packageLimit(source) : undefined;
  const beyond = packed ?? (!reading.ok && isBenchLimit(reading.fault) ? reading.fault : undefined);
  if (beyond !== undefined) return vihfBeyondLimits(beyond);
  const found = reading.ok ? assertionsOf(reading.envelope) : [];
  const [assertion] = found;
  if (assertion === undefined || found.length > 1) {
    report.add('VIHF-PRESENT', {
      where: '/Envelope/Header[1]/Security[1]',
      received: reading.ok ? `${found.length} assertion` : reading.fault.message,
      expected: 'une assertion SAML 2.0',
      remedy: 'Placez le VIHF, et lui seul, dans wsse:Security de chaque requête.',
    });
    if (assertion === undefined) return report.findings;
  }
  const verification = verifyAssertion(request.envelope, assertion);
  const vihf = readVihf(assertion, verification);
  checkForm(report, vihf, request.at, options.toleranceSeconds ?? 300);
  checkSignature(report, { vihf, assertion, verification });
  checkCertificates(report, vihf, verification, request.tls);
  checkAttributes(report, vihf, options);
  return report.findings;
}

/** What is said of the VIHF of a message that passes the bounds of the bench. @param fault of its reading */
export function vihfBeyondLimits(fault: { readonly message: string }): readonly Finding[] {
  const report = openReport(RULES);
  report.add('VIHF-LIMIT', limitBreach('corps HTTP', 'le message, et son VIHF', fault));
  return report.findings;
}

function requestOf(exchange: HttpExchange): VihfRequest {
  const { tls } = exchange.peer;
  return {
    envelope: envelopeOf(exchange),
    at: new Date(exchange.startedAt),
    ...(tls === undefined ? {} : { tls }),
  };
}

/** Reads the VIHF of a request, for checks that compare it with the body; undefined when there is none. */
export function vihfOf(envelope: Uint8Array): Vihf | undefined {
  const reading = readSoap(envelope);
  const assertion = reading.ok ? assertionsOf(reading.envelope)[0] : undefined;
  return assertion && readVihf(assertion, verifyAssertion(envelope, assertion));
}

function checkForm(report: Report<VihfRule>, vihf: Vihf, at: Date | undefined, tolerance: number): void {
  const { assertion, path } = vihf;
  const version = attribute(assertion, 'Version', '');
  const id = attribute(assertion, 'ID', '') ?? '';
  const instant = instantOf(vihf.issueInstant);
  for (const [name, received, expected, wrong] of [
    ['Version', version, '2.0', version !== '2.0'],
    ['ID', id, 'un NCName unique, par exemple « _ » suivi d’un UUID', !/^[A-Za-z_][\w.-]*$/.test(id)],
    ['IssueInstant', vihf.issueInstant, UTC, Number.isNaN(instant)],
  ] as const) {
    if (!wrong) continue;
    report.add('VIHF-FORM', {
      where: `${path}/@${name}`,
      received: received || 'absent',
      expected,
      remedy: `Renseignez ${name} sur l’assertion.`,
    });
  }
  checkConditions(report, vihf, at, tolerance);
  if (at !== undefined && Math.abs(instant - at.getTime()) > tolerance * 1000) {
    report.add('VIHF-FRESH', {
      where: `${path}/@IssueInstant`,
      received: vihf.issueInstant,
      expected: `un instant à moins de ${tolerance} s de ${at.toISOString()}`,
      remedy: 'Émettez une assertion par requête et mettez le poste à l’heure (NTP).',
    });
  }
}

const UTC = 'une date et heure UTC, terminée par Z';

function instantOf(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** A VIHF need not say how long it holds (protocols.md §2.10); when it does, the call is within. */
function checkConditions(report: Report<VihfRule>, vihf: Vihf, at: Date | undefined, tolerance: number): void {
  const conditions = child(vihf.assertion, 'Conditions', SAML);
  for (const name of ['NotBefore', 'NotOnOrAfter'] as const) {
    const text = conditions && attribute(conditions, name, '');
    if (text === undefined) continue;
    const where = `${vihf.path}/Conditions[1]/@${name}`;
    const bound = instantOf(text);
    if (Number.isNaN(bound)) {
      const remedy = `Écrivez ${name} en UTC, ou retirez-le : il est facultatif.`;
      report.add('VIHF-FORM', { where, received: text || 'vide', expected: UTC, remedy });
    } else if (at !== undefined) {
      const early = name === 'NotBefore' && bound - at.getTime() > tolerance * 1000;
      const late = name === 'NotOnOrAfter' && bound <= at.getTime();
      if (!early && !late) continue;
      report.add('VIHF-FRESH', {
        where,
        received: text,
        expected: `un instant ${early ? 'qui ne suit pas' : 'après'} ${at.toISOString()}, celui de l’appel`,
        remedy: early
          ? 'Mettez le poste à l’heure (NTP).'
          : 'Émettez une assertion par requête : celle-ci n’était plus valable.',
      });
    }
  }
}
