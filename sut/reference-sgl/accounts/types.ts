import type { Professional } from '../model/index.ts';

/** The account of a professional (wave 2, SSI/IE.33). */
export interface Account {
  /** Private identifier, never given twice. */
  readonly user: string;
  /** 11 digits; absent while it was not found. */
  readonly rpps?: string;
  /** Practice name. */
  readonly lastName: string;
  readonly firstName: string;
  /** G15 code, or the words that suit a person whose profession has none. */
  readonly profession: string;
  readonly structures: readonly string[];
  readonly email?: AccountEmail;
  /** Last time that the number was looked up and something was answered. */
  readonly checkedAt?: Date;
  readonly nextCheckAt?: Date;
  readonly createdAt: Date;
  /** What was looked up, changed and told, oldest first. */
  readonly events: readonly AccountEvent[];
  /** What Pro Santé Connect and the directory add, for those who may log in. */
  readonly professional?: Professional;
}

export interface AccountEmail {
  readonly address: string;
  readonly verified: boolean;
}

export interface AccountEvent {
  readonly at: Date;
  readonly what: 'creation' | 'recherche-rpps' | 'controle-rpps' | 'courriel' | 'modification' | 'avis';
  /** French sentence. */
  readonly detail: string;
}

export interface NewAccount {
  lastName: string;
  firstName: string;
  profession: string;
  email?: string;
}

/** What the user is told besides the account itself. */
export interface AccountAnswer {
  account: Account;
  message: string;
}
