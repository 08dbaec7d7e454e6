import { SglError, type SglConfig } from '../model/index.ts';
import { NetError } from '../net/index.ts';
import type { Mailbox } from './bundle.ts';
import type { Correspondents } from './correspondents.ts';
import { withExtractionLines } from './download.ts';
import { importLines, type ImportReport } from './extraction.ts';
import { searchMailboxes } from './fhir.ts';

export interface Directory {
  readonly correspondents: Correspondents;
  /** Last import, if any. */
  readonly lastImport: (ImportReport & { at: Date }) | undefined;
  /** Loads the public extraction. One at a time. @throws {SglError} `ANNUAIRE_…` */
  import(): Promise<ImportReport>;
  /** In the FHIR directory; when it is out of reach, among the correspondents. @throws {SglError} `ANNUAIRE_…` */
  searchMailbox(criteria: { rpps?: string; name?: string }): Promise<readonly Mailbox[]>;
}

/** An import reads a large file: it has more time than a call. */
const IMPORT_TIMEOUT_MS = 10 * 60_000;

/** Only with its fault: what is told without having looked. */
const NOTHING_NEW: ImportReport = { read: 0, created: 0, updated: 0, rejected: 0, report: 'Annuaire à jour.' };

export function createDirectory(
  config: SglConfig,
  deps: {
    correspondents: Correspondents;
    now: () => Date;
    wait: (ms: number) => Promise<void>;
    /** Told of those who were in the former file and are no longer in this one. */
    onLeave?: (nationalIds: readonly string[]) => void;
    faults?: ReadonlySet<string>;
  },
): Directory {
  const { correspondents, now, wait, faults = new Set<string>() } = deps;
  let lastImport: (ImportReport & { at: Date }) | undefined;
  let running: Promise<ImportReport> | undefined;

  const runImport = async (): Promise<ImportReport> => {
    try {
      const request = { url: config.annuaire.extraction, ca: config.ca, timeoutMs: IMPORT_TIMEOUT_MS };
      if (faults.has('ann-import-sans-telechargement')) return NOTHING_NEW;
      correspondents.beginLoad();
      const report = await withExtractionLines(request, (lines) =>
        importLines(lines, correspondents, config.annuaire.columns),
      );
      const left = faults.has('ann-departs-gardes') ? [] : correspondents.endLoad();
      deps.onLeave?.(left.map(({ nationalId }) => nationalId));
      const gone = left.length === 0 ? '' : `\n${left.length} professionnels ne sont plus dans l’annuaire.`;
      const told = { ...report, report: `${report.report}${gone}` };
      if (faults.has('ann-compte-faux')) told.read += 1;
      if (faults.has('ann-compte-incoherent')) told.created = told.read + 1;
      lastImport = { ...told, at: now() };
      return told;
    } catch (cause) {
      if (cause instanceof SglError) throw cause;
      const reason =
        cause instanceof NetError ? `Annuaire : ${cause.message}` : "L'extraction de l'annuaire est illisible.";
      throw new SglError('ANNUAIRE_EXTRACTION', reason, "Relancez l'import plus tard.", { cause });
    } finally {
      running = undefined;
    }
  };

  return {
    correspondents,
    get lastImport() {
      return lastImport;
    },
    import: () => (running ??= runImport()),
    async searchMailbox(criteria) {
      try {
        if (faults.has('ann-recherche-locale')) return local(correspondents, criteria);
        return await searchMailboxes(criteria, config, wait, faults);
      } catch (error) {
        const known = local(correspondents, criteria);
        if (known.length > 0) return known;
        throw error;
      }
    },
  };
}

function local(correspondents: Correspondents, criteria: { rpps?: string; name?: string }): Mailbox[] {
  const { rpps, name } = criteria;
  const byNumber = rpps === undefined ? undefined : correspondents.get(rpps.length === 11 ? `8${rpps}` : rpps);
  const found = byNumber ? [byNumber] : name === undefined ? [] : correspondents.search(name);
  return found.flatMap(({ mailbox, firstName, lastName }) =>
    mailbox === undefined ? [] : [{ address: mailbox, kind: '', owner: `${firstName} ${lastName}`.trim() }],
  );
}
