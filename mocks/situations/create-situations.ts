import type { Service } from '#formats/exchange/index.ts';
import { UnknownSituation } from './errors.ts';
import type { Situation, Situations } from './types.ts';

/** What waits to be played for one subject of one service. */
interface Programme {
  /** With `times`: played first, in the order they were set. */
  readonly counted: { readonly situation: Situation; left: number }[];
  /** Without `times`: played until the reset, the last set first. */
  readonly lasting: Situation[];
}

/** Makes an empty table of situations: every service plays its plain answer. */
export function createSituations(): Situations {
  const announced = new Map<Service, Set<string>>();
  const programmes = new Map<string, Programme>();
  // A mailbox address compares without case; patient keys and professional ids hold no capital that matters.
  const key = (service: Service, about: string | undefined) => `${service}\n${about?.toLowerCase() ?? ''}`;

  function known(service: Service): readonly string[] {
    return [...(announced.get(service) ?? [])];
  }

  return {
    set(situation) {
      const names = known(situation.service);
      if (!names.includes(situation.situation)) {
        throw new UnknownSituation(situation.service, situation.situation, names);
      }
      const place = key(situation.service, situation.about);
      const programme = programmes.get(place) ?? { counted: [], lasting: [] };
      programmes.set(place, programme);
      if (situation.times === undefined) programme.lasting.unshift(situation);
      else if (situation.times > 0) programme.counted.push({ situation, left: situation.times });
    },
    take(service, about, among) {
      const accepts = (situation: Situation) => among === undefined || among.includes(situation.situation);
      const own = about === undefined ? undefined : next(programmes.get(key(service, about)), accepts);
      return own ?? next(programmes.get(key(service, undefined)), accepts);
    },
    announce(service, names) {
      const set = announced.get(service) ?? new Set<string>();
      for (const name of names) set.add(name);
      announced.set(service, set);
    },
    known,
    reset: () => programmes.clear(),
  };
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
