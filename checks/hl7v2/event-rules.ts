import { component, segment, type Hl7Message } from '#formats/hl7v2/index.ts';
import { INS_OID } from '#formats/nir/index.ts';
import { INS_TYPE, removedBy } from './identity.ts';
import profiles from './profiles.json' with { type: 'json' };
import { CISIS, HL7, PAM } from './sources.ts';
import type { Hl7Rule, PidIdentifier } from './types.ts';

const OIDS: readonly string[] = Object.values(INS_OID);
const common = { requirements: ['INS/va1.60'], layer: 'business', severity: 'error' } as const;

/** An acknowledgement repeats the event of what it answers: the type tells them apart. */
const isAdt = ({ type }: Hl7Message, event: string): boolean => type.code === 'ADT' && type.event === event;

const isIns = ({ type, authority }: PidIdentifier): boolean => type === INS_TYPE || OIDS.includes(authority);

/** Rules of one event: removal of an identifier, merge, movement (protocols.md §7.6). */
export const EVENT_RULES: readonly Hl7Rule[] = [
  {
    ...common,
    id: 'HL7-A47-PID',
    source: `${PAM}, ADT^A47 ; ${CISIS}, suppression de l’INS`,
    title: 'Dans un A47, PID-3 ne porte plus l’INS.',
    expected: 'PID-3 sans répétition INS',
    remedy: 'Laissez dans PID-3 les seuls identifiants qui restent : l’INS retirée va dans MRG-1.',
    judge: ({ message, identity }) =>
      !isAdt(message, 'A47')
        ? []
        : (identity?.identifiers ?? []).filter(isIns).map(({ where, value }) => ({ where, received: value })),
  },
  {
    ...common,
    id: 'HL7-A47-MRG',
    source: `${PAM}, ADT^A47 ; ${CISIS}, suppression de l’INS`,
    title: 'Dans un A47, MRG-1 porte l’identifiant retiré, avec son autorité.',
    expected: 'MRG-1 avec l’INS retirée : matricule, autorité et type',
    remedy: 'Recopiez dans MRG-1 la répétition INS telle qu’elle avait été émise.',
    judge: (subject) => {
      if (!isAdt(subject.message, 'A47')) return [];
      const all = removedBy(subject.message);
      if (all.length === 0) return [{ where: 'MRG-1', received: 'absent' }];
      return all.some(({ value, authority }) => value === '' || authority === '')
        ? [{ where: 'MRG-1', received: all.map(({ value, authority }) => `${value}^^^&${authority}`).join('~') }]
        : [];
    },
  },
  {
    ...common,
    id: 'HL7-A40-MRG',
    requirements: ['INS/va1.60', 'INS/va1.71'],
    source: `${HL7}, ADT^A40 ; ${PAM}`,
    title: 'Dans un A40, MRG-1 porte l’identifiant absorbé, différent de celui qui reste.',
    expected: 'MRG-1 avec l’identifiant local absorbé',
    remedy: 'Placez l’identifiant qui disparaît dans MRG-1 et celui qui reste dans PID-3.',
    judge: (subject) => {
      if (!isAdt(subject.message, 'A40')) return [];
      const all = removedBy(subject.message);
      if (all.length === 0) return [{ where: 'MRG-1', received: 'absent' }];
      const kept = subject.identity?.identifiers ?? [];
      return all
        .filter((one) => kept.some((other) => other.value === one.value && other.authority === one.authority))
        .map(({ where, value }) => ({ where, received: `${value}, qui est aussi dans PID-3` }));
    },
  },
  {
    ...common,
    id: 'HL7-ZBE',
    requirements: ['INS/va1.71'],
    severity: 'warning',
    source: `${PAM}, segment ZBE`,
    title: 'Un mouvement porte un segment ZBE : identifiant, date et action.',
    expected: 'ZBE-1 identifiant, ZBE-2 date et heure, ZBE-4 INSERT, UPDATE ou CANCEL',
    remedy: 'Ajoutez ZBE aux messages de mouvement ; un message d’identité (A28, A31, A40, A47) n’en porte pas.',
    judge: ({ message }) => {
      const { code, event } = message.type;
      if (code !== 'ADT') return [];
      const zbe = segment(message, 'ZBE');
      if (!profiles.movements.includes(event)) {
        return zbe === undefined || !['A28', 'A31', 'A40', 'A47'].includes(event)
          ? []
          : [{ where: 'ZBE', received: `présent dans un ${event}`, expected: 'pas de ZBE' }];
      }
      if (zbe === undefined) return [{ where: 'ZBE', received: 'absent' }];
      const at = component(message, zbe.fields[2] ?? '', 1);
      const right =
        component(message, zbe.fields[1] ?? '', 1) !== '' &&
        /^\d{8,14}/.test(at) &&
        /^(?:INSERT|UPDATE|CANCEL)$/.test(zbe.fields[4] ?? '');
      return right ? [] : [{ where: 'ZBE', received: zbe.raw }];
    },
  },
  {
    ...common,
    id: 'HL7-ACK',
    requirements: ['INS/va1.71'],
    layer: 'wire',
    source: `${HL7}, §2.9, MSA`,
    title: 'Un acquittement porte MSA : son code, et l’identifiant du message acquitté.',
    expected: 'MSA-1 AA, AE ou AR (CA, CE ou CR) et MSA-2',
    remedy: 'Recopiez MSH-10 du message reçu dans MSA-2, et le code de ce qu’il en est dans MSA-1.',
    judge: ({ message }) => {
      if (message.type.code !== 'ACK') return [];
      const msa = segment(message, 'MSA');
      if (msa === undefined) return [{ where: 'MSA', received: 'absent' }];
      const right = /^[AC][AER]$/.test(msa.fields[1] ?? '') && (msa.fields[2] ?? '') !== '';
      return right ? [] : [{ where: 'MSA', received: msa.raw }];
    },
  },
];
