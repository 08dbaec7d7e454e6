import { dateOfHl7, placeOf, readZfa } from '#formats/hl7v2/index.ts';
import profiles from './profiles.json' with { type: 'json' };
import { PAM } from './sources.ts';
import type { Hl7Rule } from './types.ts';

const { feeding, consultation, status: statuses } = profiles.consents;

/** Rules on ZFA, the DMP of the patient and his choices (protocols.md §7.6; wave 2, DMP/UX.06). */
export const CONSENT_RULES: readonly Hl7Rule[] = [
  {
    id: 'HL7-ZFA',
    layer: 'business',
    severity: 'error',
    requirements: ['DMP/UX.06', 'DMP/CONF.06'],
    source: `${PAM}, segment ZFA`,
    title: 'ZFA dit les choix du patient avec les codes de l’extension, et leur date quand ils ont été recueillis.',
    expected: 'ZFA-9 INO, IO ou NA ; ZFA-11 IC, INC ou NA ; ZFA-10 et ZFA-12 datés, ou vides avec NA',
    remedy: 'Écrivez le choix recueilli et sa date, ou NA sans date quand il ne l’a pas été.',
    judge: ({ message }) => {
      const zfa = readZfa(message);
      if (zfa === undefined) return [];
      const { segment } = zfa;
      const choices: readonly (readonly [number, string, string, readonly string[]])[] = [
        [9, zfa.feeding, zfa.feedingText, feeding],
        [11, zfa.consultation, zfa.consultationText, consultation],
      ];
      return [
        // The other values of the table are not confirmed.
        ...(zfa.status === '' || statuses.includes(zfa.status)
          ? []
          : [
              {
                where: placeOf(segment, 1),
                received: zfa.status,
                expected: statuses.join(', '),
                severity: 'warning' as const,
              },
            ]),
        ...choices.flatMap(([field, choice, at, table]) => {
          if (choice === '' && at === '') return [];
          if (!table.includes(choice)) {
            return [{ where: placeOf(segment, field), received: choice || 'vide', expected: table.join(', ') }];
          }
          const right = choice === 'NA' ? at === '' : dateOfHl7(at) !== undefined;
          return right
            ? []
            : [
                {
                  where: placeOf(segment, field + 1),
                  received: at || 'vide',
                  expected: choice === 'NA' ? 'vide, avec NA' : 'la date du choix, AAAAMMJJ',
                },
              ];
        }),
      ];
    },
  },
];
