import type { Breach } from '../../rule/index.ts';
import { couloirsIn } from '../dsr.ts';
import {
  categoriesIn,
  chargeIn,
  deniesSegur,
  missingOfConditional,
  purchaseIn,
  saysSegur,
  saysState,
  sunEsIn,
  type ToldCharge,
} from '../vocabulary.ts';
import { quotedWords } from '../words.ts';
import type { Case, Judge, Judges } from './types.ts';

interface Sentence {
  readonly text: string;
  readonly path: string;
  /** Whether it stands on a line that the client alone pays. */
  readonly ofClient: boolean;
}

/** Everything that is written on the document, with its place. */
function sentences({ document, lines }: Case): readonly Sentence[] {
  return [
    ...lines.flatMap(({ line, path, payer }) => {
      const ofClient = payer === 'client';
      const label = { text: line.label, path: `${path}/label`, ofClient };
      return line.condition === undefined
        ? [label]
        : [label, { text: line.condition, path: `${path}/condition`, ofClient }];
    }),
    ...(['conditions', 'mentions'] as const).flatMap((name) =>
      (document[name] ?? []).map((text, index) => ({ text, path: `/${name}/${index}`, ofClient: false })),
    ),
  ];
}

/** One breach by text in which the words are found. */
function wherever(find: (text: string) => readonly string[], ofClient: Pick<Breach, 'severity'> | undefined): Judge {
  return (subject) =>
    sentences(subject).flatMap((sentence): readonly Breach[] => {
      const words = sentence.ofClient && ofClient === undefined ? [] : find(sentence.text);
      if (words.length === 0) return [];
      return [
        {
          where: subject.locate(sentence.path),
          received: `${quotedWords(words)} dans : ${sentence.text}`,
          ...(sentence.ofClient ? ofClient : {}),
        },
      ];
    });
}

const SENTENCE_END = /(?<=[.;!?])\s+|\n/u;

/** Whether what a sentence lets the client pay is of the Ségur service. */
function chargeOfService(sentence: string, { remainder, amount }: ToldCharge): 'yes' | 'unclear' | 'no' {
  if (deniesSegur(sentence)) return 'no';
  // « Formation non comprise, à la charge du client » names the service that it leaves out.
  const natures = new Set(categoriesIn(sentence, null).map(({ nature }) => nature));
  const service = natures.delete('service');
  if (natures.size > 0) return service ? 'unclear' : 'no';
  if (service || saysSegur(sentence) || couloirsIn(sentence).length > 0) return 'yes';
  if (remainder) return amount ? 'yes' : 'unclear';
  return amount ? 'unclear' : 'no';
}

/** What a text lets the client pay, beside the lines and their amounts. */
const chargeTold =
  (asked: 'yes' | 'unclear'): Judge =>
  (subject) =>
    sentences(subject).flatMap(({ text, path, ofClient }) => {
      if (ofClient) return [];
      const words = text.split(SENTENCE_END).flatMap((sentence) => {
        const charge = chargeIn(sentence);
        return charge !== undefined && chargeOfService(sentence, charge) === asked ? charge.words : [];
      });
      return words.length === 0
        ? []
        : [{ where: subject.locate(path), received: `${quotedWords(words)} dans : ${text}` }];
    });

const PARTS = {
  days: 'le délai de 120 jours',
  file: 'le dépôt d’un dossier complet avec toutes ses preuves',
  referencing: 'le référencement',
} as const;

/** Signed before the referencing, or before there is one; an order that is not signed yet is about to be. */
const beforeReferencing = ({ signedOn, referencedOn }: Case['document']): boolean =>
  referencedOn === undefined || (signedOn !== undefined && signedOn < referencedOn);

const conditionalMention: Judge = ({ document, locate }) => {
  if (!beforeReferencing(document)) return [];
  const texts = [...(document.mentions ?? []), ...(document.conditions ?? [])];
  const missing = missingOfConditional(texts.join(' ; '));
  if (missing.length === 0) return [];
  // One that speaks of the days or of the file is there, but not whole.
  const begun = texts.length > 0 && missing.length < 3;
  return [
    {
      where: locate('/mentions'),
      received: begun ? `une mention où manque ${missing.map((part) => PARTS[part]).join(' et ')}` : 'aucune mention',
    },
  ];
};

const stateMention: Judge = ({ document, lines, locate }) =>
  [...lines.map(({ line }) => line.label), ...(document.mentions ?? [])].some((text) => saysState(text))
    ? []
    : [{ where: locate('/mentions'), received: 'aucune mention de la prise en charge par l’État' }];

export const TEXT_JUDGES: Judges = {
  'QUOTE-CHARGE-TOLD': chargeTold('yes'),
  'QUOTE-CHARGE-UNCLEAR': chargeTold('unclear'),
  'QUOTE-CONDITIONED': wherever(purchaseIn, undefined),
  'QUOTE-SUN-ES': wherever(sunEsIn, { severity: 'warning' }),
  'QUOTE-CONDITIONAL-MENTION': conditionalMention,
  'QUOTE-STATE-MENTION': stateMention,
};
