/** Documents that rules name as their source; rule numbers are those of the guide that wave 1 refers to. */
export const GUIDE = "Guide d'intégration INSi (SEL-MP-043)";
export const IMPLEMENTATION = "Guide d'implémentation INS";
export const RNIV = "Référentiel national d'identitovigilance";
export const PAM = 'IHE PAM, extensions françaises, annexe CI-SIS sur la prise en charge de l’INS';
