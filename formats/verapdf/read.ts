import { attribute, descendants, readXml } from '../xml/index.ts';
import type { XmlElement } from '../xml/index.ts';
import type { VeraPdfReading, VeraPdfRule } from './types.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_RULES = 500;

/**
 * Reads the report of veraPDF about one file (`--format xml`, the « machine-readable report »).
 *
 * @returns a fault when it is not XML, or says nothing of a validation: a file that veraPDF could not parse, for example
 */
export function readVeraPdfReport(bytes: Uint8Array): VeraPdfReading {
  const reading = readXml(bytes, { maxBytes: MAX_BYTES });
  if (!reading.ok) return { ok: false, fault: reading.fault };
  const report = descendants(reading.root, 'validationReport')[0];
  const compliant = report && attribute(report, 'isCompliant');
  if (!report || (compliant !== 'true' && compliant !== 'false')) {
    const told = descendants(reading.root, 'exceptionMessage')[0]?.text.trim().slice(0, 200);
    const message = `Le rapport de veraPDF ne dit pas si le fichier est conforme${told ? ` : ${told}` : ''}.`;
    return { ok: false, fault: { code: 'VERAPDF_NO_RESULT', message } };
  }
  const rules = descendants(report, 'rule').filter((rule) => attribute(rule, 'status') !== 'passed');
  const version = descendants(reading.root, 'releaseDetails')
    .map((release) => attribute(release, 'version'))
    .find((one) => one !== undefined);
  return {
    ok: true,
    profile: attribute(report, 'profileName') ?? '',
    compliant: compliant === 'true',
    failed: rules.slice(0, MAX_RULES).map(ruleOf),
    ...(version === undefined ? {} : { version }),
  };
}

function ruleOf(rule: XmlElement): VeraPdfRule {
  const checks = Number(attribute(rule, 'failedChecks') ?? '0');
  return {
    specification: attribute(rule, 'specification') ?? '',
    clause: attribute(rule, 'clause') ?? '',
    testNumber: attribute(rule, 'testNumber') ?? '',
    description: descendants(rule, 'description')[0]?.text.trim() ?? '',
    failedChecks: Number.isFinite(checks) ? checks : 0,
  };
}
