import type { RegistryObjects } from '../ebrim/index.ts';
import type { XmlReading } from '../xml/index.ts';
import type { ZipEntry, ZipLimits } from '../zip/index.ts';

export type XdmEntry = ZipEntry;

export interface XdmSubmission {
  /** Folder of the subset without trailing slash, e.g. `IHE_XDM/SUBSET01`. */
  readonly folder: string;
  readonly metadataEntry: XdmEntry;
  readonly metadata: XmlReading;
  /** Typed metadata, when METADATA.XML is well-formed. */
  readonly objects?: RegistryObjects;
  /** Other files of the subset folder. */
  readonly documents: readonly XdmEntry[];
}

/** A defect that did not prevent reading the rest of the archive. */
export interface XdmProblem {
  readonly code:
    | 'XDM_ENTRY_PATH'
    | 'XDM_ENTRY_ENCRYPTED'
    | 'XDM_ENTRY_DUPLICATE'
    | 'XDM_ENTRY_METHOD'
    | 'XDM_ENTRY_UNREADABLE'
    | 'XDM_WRAPPED'
    | 'XDM_NO_METADATA';
  /** Name of the entry, or the folder. */
  readonly where: string;
  /** French sentence. */
  readonly message: string;
}

export interface XdmFault {
  readonly code: 'XDM_EMPTY' | 'XDM_NOT_A_ZIP' | 'XDM_TOO_MANY_ENTRIES' | 'XDM_TOO_LARGE' | 'XDM_RATIO';
  readonly message: string;
}

export interface Xdm {
  readonly ok: true;
  readonly entries: readonly XdmEntry[];
  readonly submissions: readonly XdmSubmission[];
  readonly problems: readonly XdmProblem[];
  /** What stands before IHE_XDM/ when the archive was made from a folder around it: `dossier/`; empty when conforming. */
  readonly prefix: string;
}

export type XdmReading = Xdm | { readonly ok: false; readonly fault: XdmFault };

export type XdmLimits = ZipLimits;
