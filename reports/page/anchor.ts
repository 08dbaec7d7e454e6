/**
 * Fragment identifier of a thing of the page: a prefix for its kind, then its id with everything but letters and
 * digits written as code points, so that two ids never share an anchor and no id breaks an attribute.
 */
function anchor(prefix: string, id: string): string {
  const safe = id.replaceAll(/[^A-Za-z0-9.-]/g, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`);
  return `${prefix}-${safe}`;
}

export const requirementAnchor = (id: string): string => anchor('exigence', id);
export const sectionAnchor = (id: string): string => anchor('section', id);
export const scenarioAnchor = (id: string): string => anchor('scenario', id);
