/** How an LPS_ID_HOMOLOGATION_DMP is written: any number of this form is taken, unless some are declared. */
export const HOMOLOGATION_SHAPE = /^[A-Za-z0-9._-]{1,64}$/;
