import { component, decodeHl7, placeOf, segment } from '#formats/hl7v2/index.ts';
import { carriesDocuments } from './documents/index.ts';
import profiles from './profiles.json' with { type: 'json' };
import { HL7, OUTGOING, PAM } from './sources.ts';
import type { Hl7Rule, Hl7Subject } from './types.ts';

interface Profile {
  readonly version: string;
  readonly versionExample: string;
  readonly profile: string;
  readonly profileExample: string;
  readonly language?: string;
  /** Of results without documents. */
  readonly plain?: { readonly version: string; readonly versionExample: string };
}
const PROFILES: Readonly<Record<string, Profile | undefined>> = profiles.messages;
const STRUCTURES: Readonly<Record<string, string | undefined>> = profiles.structures;
const TIME = /^\d{8}(?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,4})?)?)?)?(?:[+-]\d{4})?$/;

const common = { requirements: OUTGOING, layer: 'wire', severity: 'error' } as const;

function field({ message }: Hl7Subject, number: number): string {
  return message.segments[0]?.fields[number] ?? '';
}

/** A flow of results that carries no document follows IHE, not the volet. */
function versionOf(subject: Hl7Subject): Pick<Profile, 'version' | 'versionExample'> | undefined {
  const profile = profileOf(subject);
  return profile?.plain === undefined || carriesDocuments(subject.message) ? profile : profile.plain;
}

/** Repetitions of an MSH field, still escaped; one empty when the field is. */
function repeated(subject: Hl7Subject, number: number): readonly string[] {
  return field(subject, number).split(subject.message.delimiters.repetition, 100);
}

function profileOf({ message }: Hl7Subject): Profile | undefined {
  return Object.hasOwn(PROFILES, message.type.code) ? PROFILES[message.type.code] : undefined;
}

/** Rules on MSH and EVN (protocols.md §7.1, §7.6 and §7.7, H1). */
export const HEADER_RULES: readonly Hl7Rule[] = [
  {
    ...common,
    id: 'HL7-MSH-TIME',
    source: `${HL7}, MSH-7`,
    title: 'MSH-7 porte la date et l’heure du message.',
    expected: 'AAAAMMJJHHMMSS, avec le décalage horaire de préférence',
    remedy: 'Renseignez MSH-7 au moment de l’envoi.',
    judge: (subject) => {
      const received = field(subject, 7);
      return TIME.test(received) && received.length >= 12 ? [] : [{ where: 'MSH-7', received: received || 'vide' }];
    },
  },
  {
    ...common,
    id: 'HL7-MSH-TYPE',
    source: `${HL7}, MSH-9`,
    title: 'MSH-9 porte le type, l’événement et la structure du message.',
    expected: 'trois composantes, par exemple ADT^A31^ADT_A05',
    remedy: 'Écrivez dans MSH-9 le type, l’événement et la structure qui leur répond.',
    judge: (subject) => {
      const { code, event, structure } = subject.message.type;
      const key = `${code}^${event}`;
      const expected = Object.hasOwn(STRUCTURES, key) ? STRUCTURES[key] : undefined;
      const right = code !== '' && event !== '' && (expected === undefined ? structure !== '' : structure === expected);
      if (right) return [];
      return [
        {
          where: 'MSH-9',
          received: field(subject, 9) || 'vide',
          ...(expected === undefined ? {} : { expected: `${key}^${expected}` }),
        },
      ];
    },
  },
  {
    ...common,
    id: 'HL7-MSH-CONTROL-ID',
    source: `${HL7}, MSH-10`,
    title: 'MSH-10 porte l’identifiant du message.',
    expected: 'un identifiant de 20 caractères au plus, propre à ce message',
    remedy: 'Donnez à chaque message un identifiant à lui dans MSH-10.',
    judge: (subject) => {
      const received = field(subject, 10);
      if (received === '') return [{ where: 'MSH-10', received: 'vide' }];
      // 2.5 says 20; receivers of the field take more.
      return received.length > 20 ? [{ where: 'MSH-10', received, severity: 'warning' }] : [];
    },
  },
  {
    ...common,
    id: 'HL7-MSH-PROCESSING',
    source: `${HL7}, MSH-11, table 0103`,
    title: 'MSH-11 dit si le message est de production, d’essai ou de mise au point.',
    expected: 'P, T ou D',
    remedy: 'Renseignez MSH-11.',
    judge: (subject) => {
      const received = component(subject.message, field(subject, 11), 1);
      return /^[PTD]$/.test(received) ? [] : [{ where: 'MSH-11', received: received || 'vide' }];
    },
  },
  {
    ...common,
    id: 'HL7-MSH-VERSION',
    source: `${PAM}, MSH-12`,
    title: 'MSH-12 porte la version d’HL7 et celle de l’extension française.',
    expected: 'la version du profil',
    remedy: 'Écrivez dans MSH-12 la version d’HL7, FRA et la version de l’extension française.',
    judge: (subject) => {
      const profile = versionOf(subject);
      const received = field(subject, 12);
      if (profile === undefined ? received !== '' : new RegExp(profile.version).test(received)) return [];
      return [
        {
          where: 'MSH-12',
          received: received || 'vide',
          ...(profile === undefined ? {} : { expected: profile.versionExample }),
        },
      ];
    },
  },
  {
    ...common,
    id: 'HL7-MSH-COUNTRY',
    source: `${PAM}, MSH-17`,
    title: 'MSH-17 vaut FRA.',
    expected: 'FRA',
    remedy: 'Renseignez MSH-17.',
    judge: (subject) =>
      field(subject, 17) === 'FRA' ? [] : [{ where: 'MSH-17', received: field(subject, 17) || 'vide' }],
  },
  {
    ...common,
    id: 'HL7-MSH-CHARSET',
    source: `${PAM}, MSH-18, table 0211`,
    title: 'MSH-18 nomme le jeu de caractères du message.',
    expected: profiles.characterSets.join(' ou '),
    remedy: 'Nommez dans MSH-18 le jeu de caractères dans lequel le message est écrit.',
    judge: (subject) => {
      const received = field(subject, 18);
      // The first is that of the message; others may follow.
      return profiles.characterSets.includes(repeated(subject, 18)[0] ?? '')
        ? []
        : [{ where: 'MSH-18', received: received || 'vide' }];
    },
  },
  {
    ...common,
    id: 'HL7-MSH-CHARSET-TRUE',
    source: `${HL7}, MSH-18, table 0211`,
    title: 'Les caractères du message sont ceux que MSH-18 annonce.',
    expected: 'des octets du jeu de caractères de MSH-18',
    remedy: 'Écrivez le message dans le jeu de caractères de MSH-18, ou nommez-y celui qui est employé.',
    judge: (subject) => {
      const { message } = subject;
      const [received = ''] = repeated(subject, 18);
      // Bytes that are not UTF-8 where it is announced cannot be read at all: HL7-READABLE says it.
      if (message.encoding === 'utf-8' || !message.raw.some((byte) => byte > 0x7f)) return [];
      const at = message.segments.find(({ raw }) => /[\u0080-\u{10FFFF}]/u.test(raw));
      if (decodeHl7(message.raw, 'utf-8') === undefined || at === undefined) return [];
      return [{ where: `MSH-18 et ${placeOf(at)}`, received: `${received}, avec des caractères écrits en UTF-8` }];
    },
  },
  {
    ...common,
    id: 'HL7-MSH-LANGUAGE',
    source: `${PAM}, MSH-19`,
    title: 'MSH-19 vaut FR dans un message PAM.',
    expected: 'FR',
    remedy: 'Renseignez MSH-19.',
    judge: (subject) => {
      const language = profileOf(subject)?.language;
      const received = component(subject.message, field(subject, 19), 1);
      return language === undefined || received === language ? [] : [{ where: 'MSH-19', received: received || 'vide' }];
    },
  },
  {
    ...common,
    id: 'HL7-MSH-PROFILE',
    source: `${PAM}, MSH-21 ; volets CI-SIS de transmission de documents`,
    title: 'MSH-21 nomme le profil que suit le message.',
    expected: 'le profil et sa version',
    remedy: 'Renseignez MSH-21 avec le profil et la version que vous suivez.',
    judge: (subject) => {
      const profile = profileOf(subject);
      const received = field(subject, 21);
      const named = repeated(subject, 21).map((one) =>
        [1, 2].map((part) => component(subject.message, one, part)).join('^'),
      );
      // A message may name several profiles, and who defined them.
      if (profile === undefined || named.some((one) => new RegExp(profile.profile).test(one))) return [];
      const breach = { where: 'MSH-21', received: received || 'vide', expected: profile.profileExample };
      // A plain flow of results follows no volet: only one that says a profile must say it right.
      return received === '' && subject.message.type.code !== 'ADT' && !carriesDocuments(subject.message)
        ? [{ ...breach, severity: 'warning' as const }]
        : [breach];
    },
  },
  {
    ...common,
    id: 'HL7-EVN',
    source: `${HL7}, EVN`,
    title: 'Un message ADT porte un segment EVN daté.',
    expected: 'EVN avec EVN-2, date et heure de l’enregistrement',
    remedy: 'Placez EVN juste après MSH et renseignez EVN-2.',
    judge: ({ message }) => {
      if (message.type.code !== 'ADT') return [];
      const evn = segment(message, 'EVN');
      if (evn === undefined) return [{ where: 'EVN', received: 'absent' }];
      const at = component(message, evn.fields[2] ?? '', 1);
      const event = evn.fields[1] ?? '';
      return [
        ...(TIME.test(at) ? [] : [{ where: 'EVN-2', received: at || 'vide' }]),
        ...(event === '' || event === message.type.event
          ? []
          : [{ where: 'EVN-1', received: event, expected: `${message.type.event}, comme MSH-9, ou rien` }]),
      ];
    },
  },
];
