/**
 * Whether a requirement is of a section: `INS` holds `INS/va1.28` and `INS/PSC.01`, `INS/PSC` the second only.
 *
 * @param section as the REM writes it, in any case
 */
export function isOfSection(requirement: string, section: string): boolean {
  const id = requirement.toUpperCase();
  const wanted = section.toUpperCase();
  return id.startsWith(`${wanted}/`) || id.startsWith(`${wanted}.`);
}

/** First part of a requirement id: `INS/PSC.01` is of `INS`. */
export function sectionOf(requirement: string): string {
  return requirement.slice(0, Math.max(0, requirement.indexOf('/')));
}

/** First word of the name of a fault, where it says the section whatever rule is broken. */
const BY_NAME: Readonly<Record<string, string>> = {
  ins: 'INS',
  insi: 'INS',
  hl7: 'INS',
  ssi: 'SSI',
  mss: 'MSS',
  xdm: 'MSS',
  ann: 'ANN',
  dmp: 'DMP',
  xds: 'DMP',
  vihf: 'DMP',
  tbb: 'TBB',
  pdf: 'DOC',
  loi: 'LOI',
  port: 'PORT',
};

/** Section that the name of a fault says; undefined when it says none. */
export function sectionOfFault({ name }: { readonly name: string }): string | undefined {
  return BY_NAME[name.split('-')[0] ?? ''];
}
