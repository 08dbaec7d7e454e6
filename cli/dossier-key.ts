/** Name of the key of the vendor in the working folder. */
export const DOSSIER_KEY = 'cle-dossier.pem';
