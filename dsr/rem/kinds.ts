import { headerKey } from './header.ts';
import type { EvidenceClass, ProofKind } from './types.ts';

/** Words by which the wording of a proof names what it asks for, on the text without accents nor punctuation. */
const WORDS: readonly (readonly [RegExp, ProofKind])[] = [
  [/\bgazelle\b|\blien permanent\b/u, 'gazelle-link'],
  [/\bidentifiants? d execution\b|\bmss lps segur\b/u, 'mss-tool-run-id'],
  [/\bcnda\b|\bhomologation\b|\bautorisation d acces au teleservice\b/u, 'cnda-certificate'],
  [/\bpassi\b|\btests? d intrusion\b/u, 'pentest-form'],
  [/\b(sources?|messag\w+) smtp\b|\bsources? (du|des|de l|de la) (message|courriel|mail)/u, 'mail-source'],
  [/\bsoap\b/u, 'soap-message'],
  [/\bhl7|\bihe pam\b|\bdump du message/u, 'hl7-message'],
  [/\bcsv\b|\bloinc \d\b/u, 'csv-file'],
  [/\bpdf\b/u, 'pdf'],
  [/\bcda ?r2\b|\bdocument cda\b/u, 'cda-document'],
  [/\btraces?\b|\blogs?\b|\bjourna(l|ux)\b|\brapports? d (import|integration)\b/u, 'log'],
  [/\bvideos?\b/u, 'video'],
  [/\b(capt?ures?|copies?) d ecrans?\b/u, 'screenshot'],
  [/\battestations?\b|\bdeclarations?\b|\bsur l honneur\b|\bengagements?\b/u, 'attestation'],
  [/\bdocumentations?\b|\bmanuels?\b|\bguide utilisateur\b/u, 'documentation'],
  [/\bextraits? de (la )?configuration\b|\bparametrages?\b/u, 'config-extract'],
  [/\bextraits? (du|de) code\b/u, 'code-extract'],
  [/\bscans?\b/u, 'print-scan'],
];

/** Words of a proof that is only something to write down; "document" also stands in the wording of other kinds. */
const WRITTEN = /\b(documents?|descriptions?|procedures?|politiques?|matrices?|listes?|pssi|historique)\b/u;

const EXTERNAL: ReadonlySet<ProofKind> = new Set([
  'gazelle-link',
  'mss-tool-run-id',
  'cnda-certificate',
  'pentest-form',
]);
const ON_THE_WIRE: ReadonlySet<ProofKind> = new Set(['mail-source', 'soap-message', 'hl7-message', 'csv-file']);
const BY_HAND: ReadonlySet<ProofKind> = new Set(['video', 'screenshot', 'print-scan']);

/**
 * What a proof asks for, guessed from its wording: used for slots that the catalogue does not know.
 *
 * @param text wording in French
 * @returns kinds in a fixed order; a "démonstration" of no named form gives capture and video, other texts nothing
 */
export function guessKinds(text: string): readonly ProofKind[] {
  const key = headerKey(text);
  const kinds = WORDS.filter(([pattern]) => pattern.test(key)).map(([, kind]) => kind);
  if (kinds.length > 0) return kinds;
  if (/\bdemonstrations?\b/u.test(key)) return ['video', 'screenshot'];
  return WRITTEN.test(key) ? ['documentation'] : [];
}

/** Whether the official piece is made by a tool or a body that is not the bench. */
export function isExternal(kinds: readonly ProofKind[]): boolean {
  return kinds.some((kind) => EXTERNAL.has(kind));
}

/**
 * Who can make a piece of those kinds when nothing else is known. A file that crosses the wire is the bench's; a log
 * is, unless a capture or a video of it is asked for; what nobody can tell is left to a person.
 */
export function classOf(kinds: readonly ProofKind[]): EvidenceClass {
  if (isExternal(kinds)) return 'rehearsal';
  if (kinds.some((kind) => BY_HAND.has(kind))) return 'human';
  return kinds.some((kind) => ON_THE_WIRE.has(kind) || kind === 'log') ? 'bench' : 'human';
}
