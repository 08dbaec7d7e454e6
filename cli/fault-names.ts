import { knownFaults } from '#steps/suite/selftest/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { closeIds } from './close-ids.ts';
import { CliError } from './errors.ts';

/**
 * Says which fault names the reference SGL does not know, and which are close. Returns when it knows them all.
 *
 * @throws {CliError} `FAUTE_INCONNUE`
 */
export async function refuseUnknownFaults(names: readonly string[]): Promise<void> {
  const asked = await knownFaults();
  if (names.every((name) => asked.some((fault) => fault.name === name))) return;
  const known = asked.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  const close = [...new Set(unknown.flatMap((name) => likely(name, known)))];
  throw new CliError(
    'FAUTE_INCONNUE',
    EXIT.usage,
    `Faute inconnue du SGL de référence : ${unknown.join(', ')}.`,
    `${close.length === 0 ? '' : `Vouliez-vous ${close.join(', ')} ? `}« npm run jalon -- selftest --list » nomme les fautes et dit ce que chacune fait.`,
  );
}

/** Names are made of words: whoever gives one of them means those that hold it. */
function likely(name: string, known: readonly string[]): readonly string[] {
  const holding = name.length < 4 ? [] : known.filter((one) => one.includes(name));
  return [...new Set([...holding, ...closeIds(name, known)])].slice(0, 5);
}
