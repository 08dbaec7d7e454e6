import type { Breach } from '../../rule/index.ts';
import { missingOfConditional, purchaseIn, saysState, sunEsIn } from '../vocabulary.ts';
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
function wherever(find: (text: string) => string | undefined, ofClient: Pick<Breach, 'severity'> | undefined): Judge {
  return (subject) =>
    sentences(subject).flatMap((sentence): readonly Breach[] => {
      const words = sentence.ofClient && ofClient === undefined ? undefined : find(sentence.text);
      if (words === undefined) return [];
      return [
        {
          where: subject.locate(sentence.path),
          received: `« ${words} » dans : ${sentence.text}`,
          ...(sentence.ofClient ? ofClient : {}),
        },
      ];
    });
}

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
  'QUOTE-CONDITIONED': wherever(purchaseIn, undefined),
  'QUOTE-SUN-ES': wherever(sunEsIn, { severity: 'warning' }),
  'QUOTE-CONDITIONAL-MENTION': conditionalMention,
  'QUOTE-STATE-MENTION': stateMention,
};
