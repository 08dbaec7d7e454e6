/**
 * Profiles that the bundled reference SGL declares, of any wave: without any option, the whole main job runs on it.
 */
export const REFERENCE_PROFILES: readonly string[] = ['general', 'referentiel-identites', 'environnement-ville'];
