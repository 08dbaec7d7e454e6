import { SglError } from '../model/index.ts';
import { NetError } from '../net/index.ts';
import type { DirectoryAccess } from './access.ts';
import type { Mailbox } from './bundle.ts';
import type { Correspondents } from './correspondents.ts';
import { withExtractionLines, type Version } from './download.ts';
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
const UNCHECKED: ImportReport = { read: 0, created: 0, updated: 0, rejected: 0, left: 0, report: 'Annuaire à jour.' };
const NOTHING_NEW: ImportReport = {
  ...UNCHECKED,
  report: "L'extraction n'a pas changé depuis le dernier chargement.",
};

export function createDirectory(
  access: DirectoryAccess,
  deps: {
    correspondents: Correspondents;
    now: () => Date;
    /** Told of those who were in the former file and are no longer in this one. */
    onLeave?: (nationalIds: readonly string[]) => void;
  },
): Directory {
  const { config, faults } = access;
  const { correspondents, now } = deps;
  let lastImport: (ImportReport & { at: Date }) | undefined;
  /** Of the file that the correspondents come from. */
  let held: Version = {};
  let running: Promise<ImportReport> | undefined;

  const runImport = async (): Promise<ImportReport> => {
    try {
      const request = { url: config.annuaire.extraction, ca: config.ca, timeoutMs: IMPORT_TIMEOUT_MS };
      if (faults.has('ann-import-sans-telechargement')) return UNCHECKED;
      correspondents.beginLoad();
      const known = faults.has('ann-telechargement-sans-condition') ? {} : held;
      const downloaded = await withExtractionLines(request, access, known, (lines) => {
        // What is half loaded is no version: the next load takes the whole file again.
        held = {};
        return importLines(lines, correspondents, config.annuaire.columns, faults);
      });
      const told = downloaded.unchanged ? { ...NOTHING_NEW } : withLeavers(downloaded.result);
      if (!downloaded.unchanged) held = downloaded.version;
      if (faults.has('ann-compte-faux')) told.read += 1;
      if (faults.has('ann-compte-incoherent')) told.created = told.read + 1;
      if (faults.has('ann-creations-non-comptees')) told.created = 0;
      if (faults.has('ann-mises-a-jour-non-comptees')) told.updated = 0;
      if (faults.has('ann-rejets-non-comptes')) told.rejected = 0;
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

  /** Ends the load. Behind a line that cannot be read there may be anybody: nobody is said to have left then. */
  const withLeavers = (report: ImportReport): ImportReport => {
    if (report.rejected > 0 || faults.has('ann-departs-gardes')) return { ...report };
    const left = correspondents.endLoad();
    deps.onLeave?.(left.map(({ nationalId }) => nationalId));
    const gone = left.length === 0 ? '' : `\n${left.length} professionnels ne sont plus dans l’annuaire.`;
    return { ...report, left: left.length, report: `${report.report}${gone}` };
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
        return await searchMailboxes(criteria, access);
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
