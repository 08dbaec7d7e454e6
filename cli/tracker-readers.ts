import { join } from 'node:path';
import { hasCatalogue } from '#dsr/catalogue/index.ts';
import { refusal, type Outcome } from '#tracker/domain/index.ts';
import type { Readers } from '#tracker/api/index.ts';
import { CliError } from './errors.ts';
import { readOrders } from './load-orders.ts';
import { loadRem, remOfBytes } from './load-rem.ts';
import { guardOfBench } from './open-desk.ts';
import { readRunArchive } from './run-archive.ts';

/** What the tracker is sent, read where the codecs and the rules of files are. @param dataDir working folder, absolute */
export function trackerReaders(dataDir: string): Readers {
  return {
    orders: (bytes) => told('ORDERS_FILE_INVALID', () => readOrders('la liste envoyée', bytes)),
    rem: (bytes, category, wave) =>
      told('REM_FILE_INVALID', async () => {
        if (bytes !== undefined) {
          return (await remOfBytes('classeur.xlsx', Buffer.from(bytes), category, wave)).rem;
        }
        if (!hasCatalogue(category, wave)) {
          throw new CliError(
            'REM_FILE_INVALID',
            2,
            `Jalon n’embarque pas de liste d’exigences du couloir ${category} en ${wave}.`,
            'Envoyez le classeur de l’ANS.',
          );
        }
        return (await loadRem(undefined, category, wave, dataDir)).rem;
      }),
    async run(bytes) {
      return readRunArchive(bytes, join(dataDir, 'recues'), await guardOfBench());
    },
  };
}

/** What a command would say and stop for, as a refusal. */
async function told<Value>(code: string, read: () => Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    if (error instanceof CliError) return refusal(code, error.message, error.remedy);
    throw error;
  }
}
