import { attribute, child, descendants } from '#formats/xml/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import { HL7_V3 } from '#formats/cda/index.ts';
import { ABSENT, everyElement, headerElements, shown, unless } from '../breach.ts';
import { readTimestamp } from '../time.ts';
import type { CdaRule } from '../types.ts';
import { BOTH, N3, STRUCT } from '../vocabulary.ts';

const TIME_NAMES = new Set(['time', 'effectiveTime', 'low', 'high', 'birthTime', 'center']);

/** Elements of type TS in the header, by name; all of them carry `value`. */
function headerTimes(document: XmlElement): readonly { e: XmlElement; value: string }[] {
  return headerElements(document).flatMap((e) => {
    const value = TIME_NAMES.has(e.name.local) ? attribute(e, 'value', '') : undefined;
    return value === undefined ? [] : [{ e, value }];
  });
}

export const TIME_RULES: readonly CdaRule[] = [
  {
    id: 'CDA-HDR-EFFECTIVETIME',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('effectiveTime'),
    title: 'La date du document va jusqu’à la seconde et dit son décalage horaire.',
    expected: 'AAAAMMJJHHMMSS+0100',
    remedy: 'Écrivez la date de création à la seconde, avec le décalage par rapport à UTC.',
    judge: ({ document }) => {
      const time = readTimestamp(document.effectiveTime);
      return unless(time?.precision === 14 && time.hasOffset, {
        where: `${document.root.path}/effectiveTime`,
        received: document.effectiveTime || ABSENT,
      });
    },
  },
  {
    id: 'CDA-HDR-TIME-SHAPE',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('type TS'),
    title: 'Chaque date de l’en-tête est une date HL7 qui existe.',
    expected: 'AAAAMMJJ[HHMM[SS]±ZZZZ]',
    remedy: 'Corrigez le format de cette date.',
    judge: ({ document }) =>
      headerTimes(document.root).flatMap(({ e, value }) => {
        const time = readTimestamp(value);
        if (time?.fullOffset) return [];
        // An offset without its four digits passes the schema: published examples have some.
        const severity = time === undefined ? ('error' as const) : ('warning' as const);
        return [{ where: `${e.path}/@value`, received: value, severity }];
      }),
  },
  {
    id: 'CDA-HDR-TIME-OFFSET',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('type TS : décalage obligatoire avec une heure'),
    title: 'Une date qui porte une heure porte aussi son décalage horaire.',
    expected: 'une heure suivie de ±ZZZZ',
    remedy: 'Ajoutez le décalage par rapport à UTC, été comme hiver.',
    judge: ({ document }) =>
      headerTimes(document.root)
        .filter(({ value }) => {
          const time = readTimestamp(value);
          return time !== undefined && time.precision > 8 && !time.hasOffset;
        })
        .map(({ e, value }) => ({ where: `${e.path}/@value`, received: value })),
  },
  {
    id: 'CDA-INTERVAL-ORDER',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: 'HL7 V3, type IVL : low ≤ high',
    title: 'La borne basse d’un intervalle ne dépasse pas sa borne haute.',
    expected: 'low ≤ high',
    remedy: 'Vérifiez les deux bornes de cet intervalle.',
    judge: ({ document }) =>
      everyElement(document.root).flatMap((interval) => {
        const low = child(interval, 'low', HL7_V3);
        const high = child(interval, 'high', HL7_V3);
        if (!low || !high) return [];
        const [from, to] = [attribute(low, 'value', ''), attribute(high, 'value', '')];
        if (from === undefined || to === undefined) return [];
        if (attribute(low, 'unit', '') !== attribute(high, 'unit', '')) return [];
        return isReversed(from, to, interval.name.local) ? [{ where: interval.path, received: `${from} > ${to}` }] : [];
      }),
  },
  {
    id: 'CDA-BIO-RESULT-AFTER-SAMPLING',
    layer: 'business',
    severity: 'warning',
    requirements: [N3],
    source: 'Cohérence du compte rendu : un résultat suit le prélèvement',
    title: 'Aucun résultat n’est daté d’avant le prélèvement.',
    expected: 'date du résultat ≥ date de prélèvement',
    remedy: 'Vérifiez la date des résultats, ou celle du prélèvement.',
    judge: ({ document }) => {
      const sampler = document.participants.find((one) => one.functionCode?.code === 'PRELV');
      const sampled = readTimestamp(sampler?.timeHigh?.value ?? sampler?.time?.value ?? '');
      if (!sampled || sampled.precision < 8) return [];
      // An earlier result recalled for comparison stands under an entryRelationship REFR.
      const recalled = new Set(
        descendants(document.root, 'entryRelationship', HL7_V3)
          .filter((one) => attribute(one, 'typeCode', '') === 'REFR')
          .map((one) => child(one, 'observation', HL7_V3)),
      );
      return descendants(document.root, 'observation', HL7_V3).flatMap((observation) => {
        const time = child(observation, 'effectiveTime', HL7_V3);
        const value = time ? attribute(time, 'value', '') : undefined;
        const done = value === undefined ? undefined : readTimestamp(value);
        const earlier =
          done !== undefined &&
          (done.precision <= 8 ? done.instant < sampled.instant - 86_400_000 : done.instant < sampled.instant);
        return earlier && time && !recalled.has(observation)
          ? [
              {
                where: time.path,
                received: shown(value, 'prélèvement', sampler?.timeHigh?.value ?? sampler?.time?.value),
              },
            ]
          : [];
      });
    },
  },
];

function isReversed(from: string, to: string, parent: string): boolean {
  const times = [readTimestamp(from), readTimestamp(to)] as const;
  if (parent === 'effectiveTime' || parent === 'time') {
    return times[0] !== undefined && times[1] !== undefined && times[0].instant > times[1].instant;
  }
  const numbers = [Number(from), Number(to)] as const;
  return Number.isFinite(numbers[0]) && Number.isFinite(numbers[1]) && numbers[0] > numbers[1];
}
