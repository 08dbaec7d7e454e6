import type { TestStructure } from '../population/types.ts';
import type { ServiceContext } from '../types.ts';
import type { DirectoryBook } from './book.ts';
import type { PageStore } from './fhir/pages.ts';

/** A mailbox as the directory publishes it. */
export interface DirectoryMailbox {
  readonly address: string;
  /** TRE_R257. */
  readonly type: 'PER' | 'ORG' | 'APP' | 'CAB';
  /** 1 is preferred. */
  readonly rank: number;
  readonly description: string;
  readonly digitization: boolean;
}

/** Where and how a professional works; a professional has one activity or several. */
export interface DirectoryActivity {
  readonly id: string;
  readonly structure: TestStructure;
  readonly active: boolean;
  /** Mailboxes of this activity (RPPS + structure). */
  readonly mailboxes: readonly DirectoryMailbox[];
}

export interface DirectoryPerson {
  readonly id: string;
  /** PS_IdNat, 12 characters. */
  readonly nationalId: string;
  readonly rpps: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly civility: string;
  readonly title: string;
  readonly profession: string;
  /** Empty when none. */
  readonly speciality: string;
  readonly active: boolean;
  /** Mailboxes of the person alone. Red-listed addresses are not public: they are absent. */
  readonly mailboxes: readonly DirectoryMailbox[];
  readonly activities: readonly DirectoryActivity[];
  /** When the directory last changed something of this person. */
  readonly updatedAt: Date;
}

export interface DirectoryStructure {
  readonly id: string;
  readonly structure: TestStructure;
  readonly active: boolean;
  readonly mailboxes: readonly DirectoryMailbox[];
  readonly updatedAt: Date;
}

/** What the directory publishes, in a fixed order. The same object until something changes. */
export interface Directory {
  readonly people: readonly DirectoryPerson[];
  readonly structures: readonly DirectoryStructure[];
}

export interface AnnuaireDesk {
  readonly context: ServiceContext;
  readonly book: DirectoryBook;
  readonly apiKey: string;
  readonly pages: PageStore;
}
