import { isValidIns } from '#formats/nir/index.ts';
import rules from './data/directory.json' with { type: 'json' };
import { decoded } from './decoded.ts';
import type { CallRule, CallSubject, DirectoryRequest, KnownPatient } from './types.ts';

const CALLS: readonly string[] = ['ANN/va1.01', 'ANN/va1.05', 'ANN/va1.06'];
const SOURCE = (assert: string): string => `protocols.md §6, assertion ${assert}`;
const { backOff: WAIT } = rules;

/** What holds of every call to the directory, API or extraction. */
export const CALL_RULES: readonly CallRule[] = [
  {
    id: 'ANN-PATIENT-DATA',
    layer: 'wire',
    severity: 'error',
    requirements: CALLS,
    source: SOURCE('N8'),
    title: 'Aucune donnée de patient ne part vers l’annuaire.',
    expected: 'ni matricule INS, ni nom, ni adresse de patient',
    remedy: 'Retirez les données du patient de l’appel.',
    judge: ({ requests, patients }) =>
      requests
        .filter((request) => carriesPatient(request, patients))
        .map((request) => ({ where: request.place, received: 'donnée de patient (masquée)' })),
  },
  {
    id: 'ANN-RETRY-AFTER',
    layer: 'wire',
    severity: 'error',
    requirements: CALLS,
    source: SOURCE('N4'),
    title: 'Le produit attend le délai que l’annuaire demande.',
    expected: 'aucun appel avant la fin du délai de l’en-tête Retry-After',
    remedy: 'Lisez Retry-After (secondes ou date) des réponses 429 et 503, et n’appelez pas avant.',
    judge: ({ requests }) =>
      requests.flatMap((request, index) => {
        const delay = retryAfter(request);
        if (delay === undefined) return [];
        const next = requests
          .slice(index + 1)
          // A limit is about the key, whatever is asked; an outage may be of one resource.
          .find((one) => one.startedAt >= request.endedAt && (request.status === 429 || sameTarget(one, request)));
        const waited = next === undefined ? Infinity : next.startedAt - request.endedAt;
        return next === undefined || waited + WAIT.toleranceMs >= delay
          ? []
          : [
              {
                where: next.place,
                received: `appel ${waited} ms après la réponse ${request.status}`,
                expected: `${delay} ms d’attente au moins`,
              },
            ];
      }),
  },
  {
    id: 'ANN-BACK-OFF',
    layer: 'wire',
    severity: 'warning',
    requirements: CALLS,
    source: SOURCE('N4'),
    title: 'Le produit espace et compte ses essais quand l’annuaire est en panne.',
    expected: `${WAIT.shortestMs} ms au moins avant un nouvel essai, et ${WAIT.mostTries} essais de suite au plus`,
    remedy: 'Attendez de plus en plus longtemps entre deux essais, puis renoncez et servez-vous de la dernière copie.',
    judge: ({ requests }) => failingRuns(requests).flatMap(judgeRun),
  },
];

function carriesPatient({ url, exchange }: DirectoryRequest, patients: readonly KnownPatient[]): boolean {
  const body = Buffer.from(exchange.request.body.subarray(0, 65_536)).toString('utf8');
  const sent = `${decoded(url.href)} ${decoded(body)}`;
  const numbers = sent.match(/(?<![0-9A-Za-z])[12378]\d{4}[0-9AB]{2}\d{8}(?![0-9A-Za-z])/gi) ?? [];
  if (/@patient\.mssante\.fr/i.test(sent) || numbers.some((one) => isValidIns(one.toUpperCase()))) return true;
  const folded = fold(sent);
  return patients.some(({ birthName, ins }) => {
    const name = fold(birthName);
    return (ins !== '' && sent.toUpperCase().includes(ins.toUpperCase())) || (name.length > 2 && hasWord(folded, name));
  });
}

/** Whether a name stands by itself: `MARTIN` is not in `MARTINET`. */
function hasWord(text: string, word: string): boolean {
  const isLetter = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}-]/u.test(character);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return true;
  }
  return false;
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
}

/** Milliseconds that a 429 or a 503 asks to wait; undefined when it asks nothing. */
function retryAfter({ status, exchange, endedAt }: DirectoryRequest): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const value = exchange.response?.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim() ?? '';
  if (/^\d{1,9}$/u.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - endedAt);
}

function sameTarget(one: DirectoryRequest, other: DirectoryRequest): boolean {
  return one.exchange.request.method === other.exchange.request.method && one.url.href === other.url.href;
}

/** No answer, a limit, or an error of the server. */
export const isFailure = ({ status }: DirectoryRequest): boolean => status === 0 || status === 429 || status >= 500;

/** Calls of one address in a row, from a first failure to what ends it. */
export function failingRuns(requests: CallSubject['requests']): readonly (readonly DirectoryRequest[])[] {
  const runs: DirectoryRequest[][] = [];
  const open = new Map<string, DirectoryRequest[]>();
  for (const request of requests) {
    const key = `${request.exchange.request.method} ${request.url.href}`;
    const run = open.get(key);
    if (run !== undefined) run.push(request);
    else if (isFailure(request)) {
      const started = [request];
      runs.push(started);
      open.set(key, started);
    }
    if (!isFailure(request)) open.delete(key);
  }
  return runs;
}

function judgeRun(run: readonly DirectoryRequest[]): readonly { where: string; received: string }[] {
  const hurried = run.flatMap((request, index) => {
    const before = run[index - 1];
    // What asks for a delay is judged by it.
    if (before === undefined || retryAfter(before) !== undefined) return [];
    const waited = request.startedAt - before.endedAt;
    return waited + WAIT.toleranceMs >= WAIT.shortestMs || waited < 0
      ? []
      : [{ where: request.place, received: `nouvel essai après ${waited} ms` }];
  });
  const failures = run.filter(isFailure);
  const last = failures.at(-1);
  return failures.length <= WAIT.mostTries || last === undefined
    ? hurried
    : [...hurried, { where: last.place, received: `${failures.length} essais de suite` }];
}
