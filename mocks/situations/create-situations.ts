import type { Service } from '#formats/exchange/index.ts';
import { BadSituation, UnknownSituation } from './errors.ts';
import { parametersOf } from './parameters.ts';
import type { Situation, Situations } from './types.ts';

/** What waits to be played for one subject of one service. */
interface Programme {
  /** With `times`: played first, in the order they were set. */
  counted: { readonly situation: Situation; left: number }[];
  /** Without `times`: played until the reset, the last set first. */
  lasting: Situation[];
}

type Check = (situation: Situation) => string | undefined;

/** As long as `pause` waits at most. */
const MAX_DELAY_MS = 600_000;

/** Makes an empty table of situations: every service plays its plain answer. */
export function createSituations(): Situations {
  const announced = new Map<Service, Map<string, Check | undefined>>();
  const programmes = new Map<string, Programme>();
  // A mailbox address compares without case; patient keys and professional ids hold no capital that matters.
  const key = (service: Service, about: string | undefined) => `${service}\n${about?.toLowerCase() ?? ''}`;

  function known(service: Service): readonly string[] {
    return [...(announced.get(service)?.keys() ?? [])];
  }

  return {
    set(situation) {
      const checks = announced.get(situation.service);
      if (checks?.has(situation.situation) !== true) {
        throw new UnknownSituation(situation.service, situation.situation, known(situation.service));
      }
      const why =
        parameterProblem(situation) ?? delayProblem(situation) ?? checks.get(situation.situation)?.(situation);
      if (why !== undefined) throw new BadSituation(situation.situation, why);
      const place = key(situation.service, situation.about);
      const programme = programmes.get(place) ?? { counted: [], lasting: [] };
      programmes.set(place, programme);
      if (situation.times === undefined) programme.lasting.unshift(situation);
      else if (situation.times > 0) programme.counted.push({ situation, left: situation.times });
    },
    take(service, about, among) {
      const accepts = (situation: Situation) => among === undefined || among.includes(situation.situation);
      const subjects = typeof about === 'string' ? [about] : (about ?? []);
      for (const subject of subjects) {
        const own = next(programmes.get(key(service, subject)), accepts);
        if (own !== undefined) return own;
      }
      return next(programmes.get(key(service, undefined)), accepts);
    },
    announce(service, names, check) {
      const checks = announced.get(service) ?? new Map<string, Check | undefined>();
      for (const name of names) checks.set(name, check ?? checks.get(name));
      announced.set(service, checks);
    },
    known,
    list: () =>
      [...programmes.values()].flatMap(({ counted, lasting }) => [
        ...counted.map(({ situation, left }) => ({ ...situation, times: left })),
        ...lasting,
      ]),
    remove({ service, about, situation: name }) {
      const concerned = (situation: Situation): boolean =>
        (service === undefined || situation.service === service) &&
        (name === undefined || situation.situation === name) &&
        (about === undefined || situation.about?.toLowerCase() === about?.toLowerCase());
      let removed = 0;
      for (const programme of programmes.values()) {
        const before = programme.counted.length + programme.lasting.length;
        programme.counted = programme.counted.filter(({ situation }) => !concerned(situation));
        programme.lasting = programme.lasting.filter((situation) => !concerned(situation));
        removed += before - programme.counted.length - programme.lasting.length;
      }
      return removed;
    },
    reset: () => programmes.clear(),
  };
}

/** A name that nobody reads would be ignored without a word. */
function parameterProblem({ situation, parameters }: Situation): string | undefined {
  const known = parametersOf(situation);
  const unknown = Object.keys(parameters ?? {}).filter((name) => !known.includes(name));
  if (unknown.length === 0) return undefined;
  const names = unknown.map((name) => `« ${name} »`).join(', ');
  return `paramètre inconnu : ${names} ; paramètres connus : ${known.join(', ')}`;
}

/** The one parameter that every service reads alike. */
function delayProblem({ parameters }: Situation): string | undefined {
  const delay = parameters?.['delayMs'];
  if (delay === undefined) return undefined;
  const playable = typeof delay === 'number' && delay >= 0 && delay <= MAX_DELAY_MS;
  return playable ? undefined : `« delayMs » est un nombre de millisecondes, de 0 à ${MAX_DELAY_MS}`;
}

function next(programme: Programme | undefined, accepts: (situation: Situation) => boolean): Situation | undefined {
  if (programme === undefined) return undefined;
  const index = programme.counted.findIndex((entry) => accepts(entry.situation));
  const entry = programme.counted[index];
  if (entry === undefined) return programme.lasting.find(accepts);
  entry.left -= 1;
  if (entry.left === 0) programme.counted.splice(index, 1);
  return entry.situation;
}
