import type { LayerReport, PackAnswer, PackReport, PlacedFailure } from '#formats/cda-pack/index.ts';
import type { Finding, Severity } from '#dsr/verdict/index.ts';
import { findingOf } from '../../rule/index.ts';
import { N1, N3 } from '../vocabulary.ts';
import { MODEL_UNKNOWN, SCHEMATRON, UNEVALUATED, UNPLAYED, XSD } from './rules.ts';

/** Roles that the schematrons of the pack give to an assertion that refuses nothing. */
const SOFT: Readonly<Record<string, Severity>> = {
  warning: 'warning',
  warn: 'warning',
  information: 'info',
  info: 'info',
};

type Serves = (requirement: string) => boolean;

/**
 * What the official pack says of a document, layer by layer: XSD, generic schematrons, schematron of the model.
 *
 * @param answer of `formats/cda-pack`; a document that is not well-formed gives nothing here, another layer says it
 * @param level of the document, when it could be read: findings keep only its requirement
 */
export function packFindings(answer: PackAnswer, level?: 'N1' | 'N3'): readonly Finding[] {
  const other = level === undefined ? undefined : level === 'N1' ? N3 : N1;
  const serves: Serves = (requirement) => requirement !== other;
  if (!answer.ok) {
    if (answer.code === 'PACK_XML') return [];
    const received =
      answer.code === 'PACK_TIME'
        ? `le pack n’a pas fini de juger le document : ${answer.message}`
        : `le pack n’a pas jugé le document : ${answer.message}`;
    return [findingOf(UNPLAYED, { where: 'document', received }, serves)];
  }
  const { report } = answer;
  return [
    ...report.unplayed.map(({ file, message }) => findingOf(UNPLAYED, { where: file, received: message }, serves)),
    ...report.xsd.map((fault) => findingOf(XSD, { where: placed(fault), received: fault.message }, serves)),
    ...report.layers.flatMap((layer) => schematronFindings(layer, serves)),
    ...modelFindings(report, serves),
  ];
}

function schematronFindings(report: LayerReport, serves: Serves): readonly Finding[] {
  const { failures, layer } = report;
  const judged = failures
    .filter(({ kind }) => kind !== 'error')
    .map((failure) => ({
      ...findingOf(
        SCHEMATRON[layer],
        {
          where: placed(failure),
          received: `${failure.kind === 'assert' ? 'n’est pas vrai' : 'est vrai'} : ${failure.test}`,
          expected: failure.text,
          severity: severityOf(failure),
        },
        serves,
      ),
      source: sourceOf(report, failure),
    }));
  const broken = Map.groupBy(
    failures.filter(({ kind }) => kind === 'error'),
    ({ file, test, text }) => `${file}\0${test}\0${text}`,
  );
  return [...judged, ...[...broken.values()].flatMap((alike) => unevaluated(report, alike, serves))];
}

/** One finding for an assertion, however many the nodes on which it could not be evaluated. */
function unevaluated(report: LayerReport, alike: readonly PlacedFailure[], serves: Serves): readonly Finding[] {
  const [first] = alike;
  if (first === undefined) return [];
  const times = alike.length > 1 ? ` (${alike.length} nœuds)` : '';
  const received = `${first.text}${times} : ${first.test}`;
  return [{ ...findingOf(UNEVALUATED, { where: placed(first), received }, serves), source: sourceOf(report, first) }];
}

function modelFindings({ volet }: PackReport, serves: Serves): readonly Finding[] {
  const where = '/ClinicalDocument/templateId';
  if (volet.kind === 'unknown') {
    const received = volet.templateIds.length === 0 ? 'aucun templateId' : volet.templateIds.join(', ');
    return [findingOf(MODEL_UNKNOWN, { where, received }, serves)];
  }
  if (volet.kind !== 'no-version') return [];
  const known = volet.known.length === 0 ? 'aucune' : volet.known.join(', ');
  const version = volet.version === '' ? 'sans version' : `version ${volet.version}`;
  return [
    findingOf(
      MODEL_UNKNOWN,
      { where, received: `modèle ${volet.model}, ${version} ; versions du pack : ${known}` },
      serves,
    ),
  ];
}

/** A failed assertion is an error unless its role says otherwise; a report only informs unless it says more. */
function severityOf({ kind, role }: PlacedFailure): Severity {
  const said = role?.trim().toLowerCase() ?? '';
  return SOFT[said] ?? (kind === 'report' && said !== 'error' ? 'info' : 'error');
}

function sourceOf({ file: schema }: LayerReport, { file, rule, id, pattern }: PlacedFailure): string {
  const name = id ?? rule ?? pattern;
  return `Pack CI-SIS, ${schema}${file === schema ? '' : ` (${file})`}${name === '' ? '' : `, « ${name} »`}`;
}

function placed({ where, line }: { readonly where: string; readonly line?: number }): string {
  return line === undefined ? where : `${where} (ligne ${line})`;
}
