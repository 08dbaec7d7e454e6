/** A fictitious person; every number carries a valid key unless the situation says otherwise. */
export interface TestPatient {
  /** Stable key, e.g. `nominal-07`; what attribution and situations use. */
  readonly key: string;
  readonly situation: string;
  readonly birthName: string;
  readonly firstNames: readonly string[];
  readonly sex: 'M' | 'F';
  /** `YYYY-MM-DD`, may hold 00 in situations made for it. */
  readonly birthDate: string;
  /** COG code, 5 characters. */
  readonly birthPlace: string;
  /** 15 characters (13 + key). */
  readonly ins: string;
  /** `1.2.250.1.213.1.4.10` (test NIR) or `.11` (test NIA), or an OID of a published test identity. */
  readonly oid: string;
  readonly history: readonly {
    readonly ins: string;
    readonly oid: string;
    readonly from?: string;
    readonly to?: string;
  }[];
  /**
   * Traits that INSi holds when they differ from those above, which are the ones written on the identity document and
   * typed by the tester (situation `traits-differents`). Absent traits are the same.
   */
  readonly insiTraits?: InsiTraits;
  /** What is written on the Vitale card of this person. */
  readonly card: VitaleCard;
  /** `YYYY-MM-DD`; only of those who died (situation `decede`). */
  readonly deathDate?: string;
}

export interface InsiTraits {
  readonly birthName?: string;
  readonly firstNames?: readonly string[];
  readonly sex?: 'M' | 'F';
  readonly birthDate?: string;
  readonly birthPlace?: string;
  /** Elements of TIQ that INSi sends empty, or does not send at all. */
  readonly missing?: readonly { readonly trait: 'birthName' | 'firstNames' | 'sex'; readonly as: 'vide' | 'absent' }[];
}

/** Content of a Vitale card as `RECVITALE` carries it (protocols.md §1.4). */
export interface VitaleCard {
  /** 15 characters; absent for a person whom the card only knows through the rights holder. */
  readonly bearer?: string;
  /** 15 characters, number of the rights holder. */
  readonly holder: string;
  readonly birthName: string;
  readonly birthDate: string;
  readonly birthRank: number;
}

export interface TestProfessional {
  /** PS_IdNat: `8` + RPPS, 12 characters. */
  readonly nationalId: string;
  readonly rpps: string;
  readonly lastName: string;
  readonly firstName: string;
  /** G15 code: `10` doctor, `21` pharmacist. */
  readonly profession: string;
  /** Savoir-faire R01 code, e.g. `SM03`. */
  readonly speciality: string;
  readonly civility: string;
  readonly title: string;
  readonly mailbox: string;
  readonly structure: TestStructure;
}

export interface TestStructure {
  /** Struct_IdNat, e.g. `10B0152872` (1 + FINESS). */
  readonly id: string;
  readonly finess: string;
  readonly name: string;
  /** SAxx of TRE_R02. */
  readonly sector: string;
  readonly mailbox: string;
  readonly city: string;
  readonly postalCode: string;
}

/**
 * The people of the bench. A scenario draws its own, so that exchanges are attributed by what they carry:
 * a real product cannot carry our session header (DESIGN §5.3).
 */
export interface Population {
  readonly patients: readonly TestPatient[];
  readonly professionals: readonly TestProfessional[];
  readonly laboratory: TestStructure;
  /**
   * A patient of this situation that nobody drew yet.
   *
   * @param wish which of them suit (all), and the rank, among those, of the one to look at first (0)
   * @throws {BenchError} `POPULATION_EXHAUSTED` when none is left, `UNKNOWN_POPULATION`
   */
  draw(
    situation: string,
    wish?: { readonly suits?: (patient: TestPatient) => boolean; readonly from?: number },
  ): TestPatient;
  /** @param wish rank of the professional to look at first (0) */
  drawProfessional(wish?: { readonly from?: number }): TestProfessional;
  /**
   * Draws this very person: the key of a patient, or the national id of a professional.
   *
   * @throws {RangeError} when nobody has it, or when it has been drawn
   */
  take(id: string): void;
  byIns(ins: string): TestPatient | undefined;
  byKey(key: string): TestPatient | undefined;
  /** Patients whose traits answer the search as INSi would judge it (upper case, no accents, hyphen and apostrophe kept). */
  byTraits(traits: {
    birthName: string;
    firstNames: readonly string[];
    sex: string;
    birthDate: string;
    birthPlace?: string;
  }): readonly TestPatient[];
  /**
   * People whom a Vitale card designates: the bearer when it names one, otherwise those who depend on the holder with
   * this date, rank and name (each of these only when it was sent).
   */
  byCard(card: {
    bearer?: string;
    holder?: string;
    birthName?: string;
    birthDate?: string;
    birthRank?: number;
  }): readonly TestPatient[];
  /** Every drawn person is free again. */
  reset(): void;
}
