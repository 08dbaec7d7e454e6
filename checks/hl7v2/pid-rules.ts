import { component, readPid, repetitions, segment } from '#formats/hl7v2/index.ts';
import { insOf } from './identifier-rules.ts';
import profiles from './profiles.json' with { type: 'json' };
import { CISIS, HL7, OUTGOING, OUTGOING_PID, PAM } from './sources.ts';
import type { Hl7Rule } from './types.ts';

const COG = /^(?:\d{5}|2[AB]\d{3})$/;
const NAME = /^[A-Z](?:[A-Z' -]*[A-Z'])?$/;

const common = { requirements: OUTGOING_PID, layer: 'business', severity: 'error' } as const;

/** Rules on PID but PID-3 (protocols.md §7.2, §7.6 and §7.7, H3). */
export const PID_RULES: readonly Hl7Rule[] = [
  {
    ...common,
    id: 'HL7-PID',
    requirements: OUTGOING,
    source: `${HL7}, PID`,
    title: 'Le message porte un segment PID.',
    expected: 'un segment PID',
    remedy: 'Placez le patient dans un segment PID.',
    judge: ({ identity, message }) =>
      identity === undefined && !['ACK', 'ZAM'].includes(message.type.code)
        ? [{ where: 'PID', received: 'absent' }]
        : [],
  },
  {
    ...common,
    id: 'HL7-PID5-BIRTH',
    source: `${CISIS}, PID-5`,
    title: 'PID-5 porte le nom de naissance (type L), le premier prénom et la liste des prénoms.',
    expected: 'NOM^PREMIER^LISTE DES PRENOMS^^^^L',
    remedy: 'Donnez une répétition de PID-5 de type L : nom de naissance, premier prénom, puis tous les prénoms.',
    judge: ({ message }) => {
      const person = readPid(message);
      if (person === undefined) return [];
      const birth = person.names.find(({ type }) => type === 'L');
      if (birth === undefined) return [{ where: 'PID-5', received: 'aucune répétition de type L' }];
      const { family, given, list } = birth;
      const begins = list === given || list.startsWith(`${given} `);
      return family !== '' && given !== '' && begins
        ? []
        : [{ where: 'PID-5', received: `${family}^${given}^${list}` }];
    },
  },
  {
    ...common,
    id: 'HL7-PID5-CHARACTERS',
    source: 'Référentiel national d’identitovigilance, règles de saisie',
    title: 'Les noms et prénoms de naissance sont en majuscules A-Z, espace, apostrophe et trait d’union.',
    expected: 'des majuscules sans accent ni signe diacritique',
    remedy: 'Émettez les traits d’identité tels que le RNIV demande de les saisir.',
    judge: ({ message }) => {
      const birth = readPid(message)?.birthName;
      if (birth === undefined) return [];
      return [birth.family, birth.given, birth.list].flatMap((text, index) =>
        text === '' || NAME.test(text) ? [] : [{ where: `PID-5.${index + 1}`, received: text }],
      );
    },
  },
  {
    ...common,
    id: 'HL7-PID5-USED',
    source: `${CISIS}, PID-5`,
    title: 'Le nom utilisé est dans une répétition de type D.',
    expected: 'des répétitions de type L (naissance) ou D (utilisé)',
    remedy: 'Donnez à chaque répétition de PID-5 son type en septième composante, D pour le nom utilisé.',
    judge: ({ message, options }) => {
      const person = readPid(message);
      if (person === undefined) return [];
      const wrong = person.names
        .filter(({ type }) => type !== 'L' && type !== 'D')
        .map(({ type, repetition }) => ({ where: `PID-5 (${repetition})`, received: `type ${type || 'absent'}` }));
      const { usedName } = options.expected?.traits ?? {};
      const used = person.usedName?.family ?? '';
      return usedName === undefined || usedName === used
        ? wrong
        : [...wrong, { where: 'PID-5, type D', received: used || 'absent', expected: usedName }];
    },
  },
  {
    ...common,
    id: 'HL7-PID7',
    source: `${HL7}, PID-7 ; ${CISIS}`,
    title: 'PID-7 porte la date de naissance.',
    expected: 'AAAAMMJJ',
    remedy: 'Écrivez la date de naissance sur 8 chiffres.',
    judge: ({ message }) => {
      const pid = segment(message, 'PID');
      const received = pid === undefined ? '' : component(message, pid.fields[7] ?? '', 1);
      return pid === undefined || /^\d{8}(?:0{4}|0{6})?$/.test(received)
        ? []
        : [{ where: 'PID-7', received: received || 'vide' }];
    },
  },
  {
    ...common,
    id: 'HL7-PID8',
    source: `${HL7}, PID-8, table 0001 ; ${CISIS}`,
    title: 'PID-8 porte le sexe, M ou F dès qu’une INS est émise.',
    expected: 'M ou F ; U sans INS',
    remedy: 'Renseignez PID-8.',
    judge: (subject) => {
      const pid = segment(subject.message, 'PID');
      if (pid === undefined) return [];
      const received = component(subject.message, pid.fields[8] ?? '', 1);
      const right = insOf(subject).length > 0 ? /^[MF]$/ : /^[MFUO]$/;
      return right.test(received) ? [] : [{ where: 'PID-8', received: received || 'vide' }];
    },
  },
  {
    ...common,
    id: 'HL7-PID11-BIRTH-PLACE',
    source: `${CISIS}, PID-11`,
    title: 'Le lieu de naissance est une répétition BDL de PID-11, avec son code COG ; il accompagne toute INS.',
    expected: '^^^^^^BDL^^COG, code officiel géographique de 5 caractères',
    remedy: 'Placez le code COG du lieu de naissance en neuvième composante d’une répétition de type BDL.',
    judge: (subject) => {
      const pid = segment(subject.message, 'PID');
      if (pid === undefined) return [];
      const birth = repetitions(subject.message, pid, 11).find((one) => component(subject.message, one, 7) === 'BDL');
      if (birth === undefined) {
        return insOf(subject).length > 0 ? [{ where: 'PID-11', received: 'aucune répétition BDL' }] : [];
      }
      const code = component(subject.message, birth, 9);
      return COG.test(code) ? [] : [{ where: 'PID-11, répétition BDL', received: code || 'sans code' }];
    },
  },
  {
    ...common,
    id: 'HL7-PID32',
    // Messages that carry documents are not asked for it.
    requirements: ['INS/va1.71'],
    source: `${PAM}, PID-32, table 0445`,
    title: 'PID-32 dit la fiabilité de l’identité.',
    expected: 'VALI, PROV ou une autre valeur de la table 0445',
    remedy: 'Renseignez PID-32 : VALI pour une identité qualifiée ou validée, PROV pour une identité provisoire.',
    judge: ({ message }) => {
      const pid = segment(message, 'PID');
      if (pid === undefined || message.type.code !== 'ADT') return [];
      const all = repetitions(message, pid, 32).map((repetition) => component(message, repetition, 1));
      if (all.length === 0) return [{ where: 'PID-32', received: 'vide' }];
      // The table grows with the versions of the extension: an unknown value is only told.
      return all
        .filter((value) => !profiles.reliability.includes(value))
        .map((received) => ({ where: 'PID-32', received, severity: 'warning' as const }));
    },
  },
  {
    ...common,
    id: 'HL7-PID-EXPECTED',
    requirements: ['INS/va1.71', 'INS/va1.60', 'INS/va1.52', 'DOC/va1.20'],
    source: `${CISIS}, PID`,
    title: 'Le PID porte l’identité que le produit connaît.',
    expected: 'les traits, le matricule et l’OID du produit',
    remedy: 'Construisez le PID à partir de l’identité enregistrée, sans la transformer.',
    judge: ({ identity, options, message }) => {
      const { expected } = options;
      if (expected === undefined || identity === undefined) return [];
      const { traits } = identity;
      const withIns = identity.ins !== undefined && message.type.event !== 'A47';
      const pairs: readonly (readonly [string, string, string])[] = [
        ['PID-5.1, nom de naissance', traits.birthName, expected.traits.birthName],
        ['PID-5.3, prénoms', traits.firstNames.join(' '), expected.traits.firstNames.join(' ')],
        ['PID-7, date de naissance', traits.birthDate, expected.traits.birthDate],
        ['PID-8, sexe', traits.sex, expected.traits.sex],
        ['PID-11, lieu de naissance', traits.birthPlace ?? '', expected.traits.birthPlace ?? traits.birthPlace ?? ''],
        ['PID-3, matricule INS', identity.ins ?? '', withIns ? (expected.ins ?? '') : (identity.ins ?? '')],
        ['PID-3, OID de l’INS', identity.oid ?? '', withIns ? (expected.oid ?? '') : (identity.oid ?? '')],
      ];
      return pairs.flatMap(([where, received, wanted]) =>
        received === wanted ? [] : [{ where, received: received || 'vide', expected: wanted || 'vide' }],
      );
    },
  },
];
