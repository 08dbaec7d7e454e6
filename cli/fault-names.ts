import { knownFaults, listFaults, type ListedFault } from '#steps/suite/selftest/index.ts';
import { readSuite } from '#steps/coverage/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { closeIds } from './close-ids.ts';
import { CliError } from './errors.ts';

/**
 * Says which fault names the reference SGL does not know, which are close, and all of them section by section. Returns
 * when it knows them all.
 *
 * @throws {CliError} `FAUTE_INCONNUE`
 */
export async function refuseUnknownFaults(names: readonly string[]): Promise<void> {
  const asked = await knownFaults();
  if (names.every((name) => asked.some((fault) => fault.name === name))) return;
  const suite = await readSuite();
  const faults = await listFaults(suite.map(({ id, tags }) => ({ id, requirements: tags.requirements })));
  const known = faults.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  const close = [...new Set(unknown.flatMap((name) => likely(name, known)))];
  throw new CliError(
    'FAUTE_INCONNUE',
    EXIT.usage,
    `Faute inconnue du SGL de référence : ${unknown.join(', ')}.`,
    `${close.length === 0 ? '' : `Vouliez-vous ${close.join(', ')} ? `}Fautes connues, par section : ${bySection(faults)} ; « npm run jalon -- selftest --list --section INS » les nomme et dit ce que chacune fait.`,
  );
}

/** Names are made of words: whoever gives one of them means those that hold it. */
function likely(name: string, known: readonly string[]): readonly string[] {
  const holding = name.length < 4 ? [] : known.filter((one) => one.includes(name));
  return [...new Set([...holding, ...closeIds(name, known)])].slice(0, 5);
}

/** Up to this many, names are read on one line; beyond, their number is. */
const MOST_NAMES = 12;

function bySection(faults: readonly ListedFault[]): string {
  return Array.from(
    Map.groupBy(faults, ({ section }) => section),
    ([section, of]) => `${section} (${faults.length > MOST_NAMES ? of.length : of.map(({ name }) => name).join(', ')})`,
  ).join(', ');
}
