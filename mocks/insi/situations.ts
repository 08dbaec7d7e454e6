import type { Situation } from '../situations/types.ts';
import { FAULT_NAMES, type FaultName, type InsiFault } from './faults.ts';
import { type Defect, DEFECTS } from './identity.ts';

/** Business results of a search. */
const SEARCH_CODES = ['code-00', 'code-01', 'code-02'] as const;
/** Verdicts of a verification, identity by identity. */
const VERDICTS = ['verification-ok', 'verification-ko'] as const;
const FREE_FAULT = 'erreur-soap';
const BROKEN_XML = 'xml-mal-forme';

export type SearchCode = (typeof SEARCH_CODES)[number];

/** Situations of a message, whatever its operation. */
const OF_MESSAGES: readonly string[] = [...FAULT_NAMES, FREE_FAULT, BROKEN_XML];

/** What may be played in a search. */
export const SEARCH_SITUATIONS: readonly string[] = [...SEARCH_CODES, ...Object.keys(DEFECTS), ...OF_MESSAGES];
/** What may be played in a verification, for the whole message. */
export const VERIFICATION_SITUATIONS: readonly string[] = OF_MESSAGES;
/** What may be played for one identity of a verification. */
export const VERDICT_SITUATIONS: readonly string[] = VERDICTS;

/**
 * What a scenario may ask INSi to play instead of its plain answer; announced at start.
 * Source: protocols.md §1.5 (faults), §1.6 A9-A10, annex B.3.
 *
 * `code-00`, `code-01`, `code-02`: business result of a search · `verification-ok`, `verification-ko`: verdict on an
 * identity · the names of `faults.json` (`insi_101`, `desir_560`, `signature-invalide`…): that fault · `erreur-soap`: a
 * fault whose `parameters` are `code`, and if wanted `subcode`, `side`, `severity`, `text` · `xml-mal-forme`: an answer
 * that lacks its end, with a right length · `sans-nom`, `sans-prenom`, `sans-sexe` (element absent), the same ended by
 * `-vide` (element empty), `naissance-00`, `naissance-mois-00`, `naissance-jour-mois-00`: code 00 with traits that the
 * product must not take home. What happens to the answer on its way (latency, cut, truncation, 503 in HTML, wrong media
 * type) is played by the network.
 */
export const INSI_SITUATIONS: readonly string[] = [
  ...SEARCH_CODES,
  ...VERDICTS,
  ...Object.keys(DEFECTS),
  ...OF_MESSAGES,
];

/** What is wrong with the parameters of a situation, in French; undefined when it can be played. */
export function parametersProblem({ situation, parameters }: Situation): string | undefined {
  if (situation !== FREE_FAULT) return undefined;
  const { code, side } = parameters ?? {};
  if (typeof code !== 'string' || code === '') return '« code » est le code de l’erreur, un texte';
  return side === undefined || side === 'Sender' || side === 'Receiver'
    ? undefined
    : '« side » vaut « Sender » ou « Receiver »';
}

/** A situation that was taken, as what it asks for. */
export type Play =
  | { readonly kind: 'code'; readonly code: SearchCode }
  | { readonly kind: 'defect'; readonly defect: Defect }
  | { readonly kind: 'fault'; readonly fault: FaultName | InsiFault }
  | { readonly kind: 'broken-xml' };

/** What a situation asks for; undefined for a name that is not of a message. */
export function playOf(situation: Situation): Play | undefined {
  const name = situation.situation;
  const code = SEARCH_CODES.find((one) => one === name);
  if (code !== undefined) return { kind: 'code', code };
  const defect = DEFECTS[name];
  if (defect !== undefined) return { kind: 'defect', defect };
  const fault = FAULT_NAMES.find((one) => one === name);
  if (fault !== undefined) return { kind: 'fault', fault };
  if (name === FREE_FAULT) return { kind: 'fault', fault: freeFault(situation) };
  return name === BROKEN_XML ? { kind: 'broken-xml' } : undefined;
}

function freeFault({ parameters = {} }: Situation): InsiFault {
  const text = (name: string, byDefault: string): string => {
    const value = parameters[name];
    return typeof value === 'string' && value !== '' ? value : byDefault;
  };
  const side = parameters['side'] === 'Receiver' ? 'Receiver' : 'Sender';
  return {
    side,
    subcode: text('subcode', side === 'Receiver' ? 'siram_40' : 'siram_100'),
    code: text('code', 'desir_000'),
    severity: text('severity', 'fatal'),
    text: text('text', 'Une erreur est survenue.'),
    confirmed: false,
  };
}
