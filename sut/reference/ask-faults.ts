import { execFile } from 'node:child_process';
import { SutError } from '../driver/index.ts';
import { PROGRAM } from './program.ts';

/** A way in which the reference SGL can be made wrong on purpose, as the product itself tells it. */
export interface ReferenceFault {
  readonly name: string;
  /** French: what the product then does. */
  readonly title: string;
  /** Part of the product whose behaviour changes. */
  readonly touches: string;
  /** Ids of the published rules that it breaks. */
  readonly rules: readonly string[];
}

const TIMEOUT_MS = 20_000;

/**
 * Asks the product for the list of its faults: it is somebody else's program, its files are not read.
 *
 * @throws {SutError} `REFERENCE_NOT_STARTED` when it does not answer with a list
 */
export function askReferenceFaults(): Promise<readonly ReferenceFault[]> {
  return new Promise((resolve, reject) => {
    const options = { timeout: TIMEOUT_MS, maxBuffer: 4 * 1024 * 1024 };
    execFile(process.execPath, [PROGRAM, '--faults'], options, (error, stdout, stderr) => {
      const faults = error === null ? parsed(stdout) : undefined;
      if (faults) {
        resolve(faults);
        return;
      }
      reject(
        new SutError(
          'REFERENCE_NOT_STARTED',
          `Le SGL de référence n'a pas donné la liste de ses fautes : ${(stderr.trim() || stdout.trim()).slice(0, 300)}`,
          'Vérifiez que l’installation est complète (npm ci).',
        ),
      );
    });
  });
}

function parsed(text: string): readonly ReferenceFault[] | undefined {
  try {
    const { faults } = JSON.parse(text) as {
      faults?: readonly (Omit<ReferenceFault, 'rules'> & Partial<Pick<ReferenceFault, 'rules'>>)[];
    };
    return faults?.map(({ name, title, touches, rules = [] }) => ({ name, title, touches, rules }));
  } catch {
    return undefined;
  }
}
