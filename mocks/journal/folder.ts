import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange } from '#formats/exchange/index.ts';
import { BenchError, messageOf } from '../errors.ts';
import { bodies, describe, lighten } from './form.ts';
import { type FolderSpool, openSpool } from './spool.ts';
import type { BodySpool } from './types.ts';

const KEEP_IN_MEMORY = 256 * 1024;
/** Once this many bytes of bodies are kept, those that follow stay on disk only, whatever their size. */
const MEMORY_BUDGET = 64 * 1024 * 1024;

/** File-name part that says what the exchange was, whatever a client put in its path. */
function slug(text: string): string {
  return (
    text
      .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
      .replaceAll(/^[-.]+|[-.]+$/g, '')
      .slice(0, 60) || 'echange'
  );
}

function lastNumber(folder: string): number {
  let last = 0;
  for (const name of readdirSync(folder)) last = Math.max(last, Number(/^(\d+)-/.exec(name)?.[1] ?? 0));
  return last;
}

/**
 * Opens the journal folder; numbers go on after those already there, so that a resumed run keeps what the killed one saw.
 * @throws {BenchError} `JOURNAL_UNWRITABLE`
 */
export function createFolder(
  folder: string,
  keepInMemory = KEEP_IN_MEMORY,
  memoryBudget = MEMORY_BUDGET,
): { write(exchange: Exchange, requestBody?: BodySpool): Exchange; spool(): BodySpool } {
  const guard = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw new BenchError(
        'JOURNAL_UNWRITABLE',
        `Le journal ne peut pas être écrit dans ${folder} : ${messageOf(error)}`,
        'Vérifier les droits du dossier et la place libre sur le disque.',
        { cause: error },
      );
    }
  };
  let number = guard(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return lastNumber(folder);
  });
  let kept = 0;
  /** What is there is never written over, not even by another bench that took the same folder. */
  const nextBase = (exchange: Exchange): string => {
    for (;;) {
      number += 1;
      const base = `${String(number).padStart(4, '0')}-${exchange.service}-${slug(exchange.operation)}`;
      if (!existsSync(join(folder, `${base}.json`))) return base;
    }
  };
  const spools = new WeakMap<BodySpool, FolderSpool>();
  return {
    spool: () =>
      guard(() => {
        const opened = openSpool(folder);
        spools.set(opened, opened);
        return opened;
      }),
    write: (exchange, requestBody) =>
      guard(() => {
        const arrived = requestBody && spools.get(requestBody);
        const base = nextBase(exchange);
        const files: Record<string, string> = {};
        const paths: Record<string, string> = {};
        let size = 0;
        for (const [name, bytes] of Object.entries(bodies(exchange))) {
          files[name] = `${base}.${name}.bin`;
          paths[name] = join(folder, files[name]);
          if (name === 'request' && arrived) {
            arrived.adopt(paths[name]);
            continue;
          }
          writeFileSync(paths[name], bytes, { mode: 0o600 });
          if (bytes.length <= keepInMemory) size += bytes.length;
        }
        const target = join(folder, `${base}.json`);
        writeFileSync(`${target}.tmp`, `${JSON.stringify(describe(exchange, files), undefined, 1)}\n`, { mode: 0o600 });
        renameSync(`${target}.tmp`, target);
        const fits = kept + size <= memoryBudget;
        if (fits) kept += size;
        return lighten(exchange, paths, fits ? keepInMemory : 0, arrived === undefined ? [] : ['request']);
      }),
  };
}
