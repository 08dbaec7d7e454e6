import { checkMessage, repeatedControlIds, type NamedMessage } from '#checks/hl7v2/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { gather, notJudged, within, type Gathered } from './findings.ts';
import { MAX_MESSAGES, splitMessages, type SplitMessages } from './hl7-messages.ts';
import { readWhole } from './read-file.ts';
import type { Kind, Outcome } from './types.ts';

const MAX_BYTES = 32 * 1024 * 1024;
/** Messages whose identifiers are compared: they are held together. */
const MAX_COMPARED = 20_000;

/**
 * HL7 v2 messages of any kind, one or several a file: identity, documents (each CDA by its business rules), acknowledgements;
 * identifiers are compared over all the files.
 */
export const HL7V2: Kind = {
  name: 'hl7v2',
  title:
    'messages HL7 v2 (identité PAM, documents ORU, OUL ou MDM, acquittements ACK et ZAM), un ou plusieurs par fichier, avec ou sans MLLP',
  async judge(files) {
    const outcomes: (Outcome | { readonly gathered: Gathered; readonly readable: boolean })[] = [];
    const named: (NamedMessage & { readonly index: number })[] = [];
    for (const [index, file] of files.entries()) {
      const reading = await readWhole(file, MAX_BYTES);
      if (!reading.ok) {
        outcomes.push(reading.outcome);
        continue;
      }
      const gathered = gather();
      const split = splitMessages(reading.bytes);
      const { messages } = split;
      // Nothing judged is never green.
      let readable = split.cut.length < messages.length;
      gathered.add(framingOf(split));
      for (const [rank, bytes] of messages.entries()) {
        const label = messages.length > 1 ? `message ${rank + 1}` : '';
        if (split.cut.includes(rank)) continue;
        const findings = checkMessage(bytes);
        if (findings.some(({ rule }) => rule === 'HL7-READABLE')) readable = false;
        gathered.add(label === '' ? findings : within(label, findings));
        if (named.length < MAX_COMPARED) {
          const place = [files.length > 1 ? file : '', label].filter((part) => part !== '').join(', ');
          named.push({ index, bytes, label: place || 'message' });
        }
      }
      outcomes.push({ gathered, readable });
    }
    for (const { rank, finding } of repeatedControlIds(named)) {
      const target = outcomes[named[rank]?.index ?? -1];
      if (target !== undefined && 'gathered' in target) target.gathered.add([finding]);
    }
    return outcomes.map((one) =>
      'gathered' in one ? { findings: one.gathered.findings, readable: one.readable } : one,
    );
  },
};

/** What the framing of a capture tells: of the capture as much as of the product, hence nobody is blamed. */
function framingOf({ unended, cut, stray, more, messages }: SplitMessages): readonly Finding[] {
  const named = (rank: number): string => (messages.length > 1 ? `message ${rank + 1}` : 'message');
  return [
    ...cut.map((rank) =>
      notJudged(
        named(rank),
        'un bloc MLLP coupé au milieu d’un segment : il n’est pas jugé',
        '<VT>, le message, puis <FS><CR> (0x0B … 0x1C 0x0D)',
        'Capturez le message entier ; si la capture l’est, le produit a coupé son message.',
      ),
    ),
    ...unended.map((rank) =>
      notJudged(
        named(rank),
        'un bloc MLLP que rien ne termine',
        '<VT>, le message, puis <FS><CR> (0x0B … 0x1C 0x0D)',
        'Si la capture est entière, le produit oublie la fin de bloc : aucun récepteur ne prend ce message.',
      ),
    ),
    ...(stray
      ? [
          notJudged(
            'fichier',
            'des octets hors des blocs MLLP',
            'des blocs <VT> … <FS><CR> qui se suivent',
            'Si ces octets viennent du produit et non de la capture, un récepteur ferme la connexion.',
          ),
        ]
      : []),
    ...(more
      ? [
          notJudged(
            'fichier',
            `plus de ${MAX_MESSAGES} messages`,
            `${MAX_MESSAGES} messages au plus par fichier`,
            'Coupez le fichier : les messages suivants n’ont pas été jugés.',
          ),
        ]
      : []),
  ];
}
