import type { Finding } from '#dsr/verdict/index.ts';
import {
  component,
  fieldText,
  placeOf,
  repetitions,
  segment,
  segments,
  type Hl7Message,
} from '#formats/hl7v2/index.ts';
import { applyRules } from '../../rule/index.ts';
import { carriesDocuments } from '../documents/index.ts';
import { HL7 } from '../sources.ts';
import tables from './tables.json' with { type: 'json' };
import type { Observation, ResultOptions, ResultRule } from './types.ts';

const common = { requirements: ['RES/va1.01'], layer: 'wire', severity: 'error' } as const;

/** Whether a message is a flow of structured results: ORU or OUL, and no document in it. */
export function carriesResults(message: Hl7Message): boolean {
  return ['ORU', 'OUL'].includes(message.type.code) && !carriesDocuments(message);
}

/** Rules on a flow of results (HL7 v2.5 chapter 7; profiles LTW and ILW of IHE carry results by these messages). */
export const RESULT_RULES: readonly ResultRule[] = [
  {
    ...common,
    id: 'HL7-RES-SEGMENTS',
    source: `${HL7}, ORU^R01 et OUL^R22`,
    title: 'Le message de résultats nomme le patient, la demande, puis chaque résultat.',
    expected: 'PID, puis OBR, puis un OBX par résultat',
    remedy: 'Écrivez un OBR par demande et, après lui, un OBX par résultat.',
    judge: ({ message, observations }) => {
      const obr = segment(message, 'OBR');
      const absent = ['PID', 'OBR'].filter((name) => segment(message, name) === undefined);
      const after = observations.some((one) => obr !== undefined && one.segment.rank > obr.rank);
      return [
        ...absent.map((where) => ({ where, received: 'segment absent' })),
        ...(obr === undefined || after ? [] : [{ where: placeOf(obr), received: 'aucun OBX après la demande' }]),
      ];
    },
  },
  {
    ...common,
    id: 'HL7-RES-ORDER',
    source: `${HL7}, OBR-4 et OBR-25, table 0123`,
    title: 'OBR dit l’examen demandé et l’état de ses résultats.',
    expected: `OBR-4 code^libellé^système ; OBR-25 ${tables.reportStatus.join(', ')}`,
    remedy: 'Codez l’examen en OBR-4, et dites en OBR-25 si ses résultats sont partiels, définitifs ou corrigés.',
    judge: ({ message }) =>
      segments(message, 'OBR').flatMap((obr) => {
        const [code = '', system = ''] = [1, 3].map((part) => component(message, obr.fields[4] ?? '', part));
        const status = fieldText(message, obr, 25);
        return [
          ...(code !== '' && system !== ''
            ? []
            : [{ where: placeOf(obr, 4), received: fieldText(message, obr, 4) || 'vide' }]),
          ...(tables.reportStatus.includes(status)
            ? []
            : [{ where: placeOf(obr, 25), received: status || 'vide', expected: tables.reportStatus.join(', ') }]),
        ];
      }),
  },
  {
    ...common,
    id: 'HL7-RES-OBX',
    source: `${HL7}, OBX-2, OBX-3, OBX-5 et OBX-11, table 0085`,
    title: 'Chaque OBX dit l’analyse, le type de sa valeur et son état.',
    expected: 'OBX-3 code^libellé^système ; OBX-2 le type d’OBX-5 (NM, un nombre) ; OBX-11 de la table 0085',
    remedy: 'Codez chaque analyse (LOINC, système LN), typez sa valeur et dites son état : F quand elle est validée.',
    judge: ({ observations }) =>
      observations.flatMap(({ segment: obx, type, codes, value, status }) => {
        const [main] = codes;
        const wrong: readonly (readonly [boolean, number, string, string])[] = [
          [
            main === undefined || main.code === '' || main.system === '',
            3,
            obx.fields[3] ?? '',
            'code^libellé^système',
          ],
          [value !== '' && type === '', 2, type, 'le type de la valeur'],
          [type === 'NM' && value !== '' && !NUMBER.test(value), 5, value, 'un nombre, avec un point, pour NM'],
          [!tables.observationStatus.includes(status), 11, status, tables.observationStatus.join(', ')],
        ];
        return wrong
          .filter(([is]) => is)
          .map(([, field, received, expected]) => ({
            where: placeOf(obx, field),
            received: received || 'vide',
            expected,
          }));
      }),
  },
  {
    ...common,
    id: 'HL7-RES-VALIDATED',
    layer: 'business',
    source: `${HL7}, OBX-3, OBX-5 et OBX-6`,
    title: 'Chaque analyse validée est dans le message, avec sa valeur et son unité.',
    expected: 'un OBX par analyse validée',
    remedy: 'Envoyez toutes les analyses du compte rendu, avec la valeur et l’unité qui y sont écrites.',
    judge: ({ observations, options }) =>
      (options.validated ?? []).flatMap(({ code, value, unit }) => {
        const same = observations.filter(({ codes }) => codes.some((one) => one.code === code && one.system === 'LN'));
        const [first] = same;
        if (first === undefined)
          return [{ where: 'OBX', received: `aucun ${code}^…^LN`, expected: `${value} ${unit}` }];
        return same.some((one) => Number(one.value) === value && one.units.includes(unit))
          ? []
          : [
              {
                where: placeOf(first.segment, 5),
                received: `${first.value} ${first.units[0] ?? ''}`.trim() || 'vide',
                expected: `${value} ${unit}`,
              },
            ];
      }),
  },
];

/** HL7 v2.5 §2.A.46: no exponent. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/**
 * Judges a flow of results; see `RESULT_RULES`. The header and the PID are judged elsewhere.
 * @returns nothing of a message that is no such flow
 */
export function checkResults(message: Hl7Message, options: ResultOptions = {}): readonly Finding[] {
  if (!carriesResults(message)) return [];
  const observations = segments(message, 'OBX').map((obx): Observation => {
    const part = (field: number, number: number) => component(message, obx.fields[field] ?? '', number);
    return {
      segment: obx,
      type: fieldText(message, obx, 2),
      codes: [
        { code: part(3, 1), system: part(3, 3) },
        { code: part(3, 4), system: part(3, 6) },
      ],
      // A structured number begins with what it is compared with.
      value: component(message, repetitions(message, obx, 5)[0] ?? '', fieldText(message, obx, 2) === 'SN' ? 2 : 1),
      units: [part(6, 1), part(6, 4)].filter((unit) => unit !== ''),
      status: fieldText(message, obx, 11),
    };
  });
  return applyRules(RESULT_RULES, { message, observations, options }, { without: options.without ?? [] });
}
