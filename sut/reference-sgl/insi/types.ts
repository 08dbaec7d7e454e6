import type { InsiIdentity } from '../identity/index.ts';
import type { Ins, InsiAuthentication } from '../model/index.ts';

/** One search by traits, in the form INSi wants: names from A to Z, one or several first names. */
export interface InsiQuery {
  birthName: string;
  firstNames: string[];
  sex: 'M' | 'F';
  birthDate: string;
  birthPlace?: string;
}

/** What a reader of Vitale cards gives. */
export interface VitaleCard {
  /** 15 characters, number and key; absent for a child who has none on the card. */
  bearer?: string;
  holder: string;
  birthName: string;
  birthDate: string;
  birthRank: number;
}

/** One identity to verify. `ref` names it in a bulk request and in its answer. */
export interface IdentityToVerify {
  ref: string;
  ins: Ins;
  traits: InsiQuery;
}

export type InsiRequest =
  | { kind: 'traits'; query: InsiQuery }
  | { kind: 'vitale'; card: VitaleCard }
  | { kind: 'verification'; identity: IdentityToVerify }
  | { kind: 'verification-masse'; identities: readonly IdentityToVerify[] };

export type InsiMode = InsiRequest['kind'];

/** What INSi answered to a search, whatever it was. */
export type InsiAnswer =
  | { kind: 'trouve'; code: '00'; label: string; identity: InsiIdentity }
  | { kind: 'sans-reponse'; code: '01' | '02'; label: string }
  | InsiFailure;

/** What INSi answered to a verification. */
export type VerificationAnswer =
  /** By `ref` of the request; the only one of a unit request has the ref it was asked with. */
  { kind: 'verifie'; verdicts: ReadonlyMap<string, 'OK' | 'KO'> } | InsiFailure;

export type InsiFailure =
  /** A SOAP fault: `code` is that of `siram:Erreur`, else the subcode. */
  | { kind: 'erreur'; code: string; label: string }
  /** Not an answer of INSi: a maintenance page, a truncated message, an unknown code. */
  | { kind: 'illisible'; why: string }
  /** No answer at all: the service is out of reach, slow, or refuses our certificate. */
  | { kind: 'indisponible'; code: string; why: string };

/** Asks INSi once. Never throws. */
export interface InsiClient {
  search(request: Extract<InsiRequest, { kind: 'traits' | 'vitale' }>, as: InsiAuthentication): Promise<InsiAnswer>;
  verify(identities: readonly IdentityToVerify[], bulk: boolean, as: InsiAuthentication): Promise<VerificationAnswer>;
}
