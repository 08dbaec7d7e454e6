# language: fr
@service:dmp @vague:va2 @profil:general @exigence:DMP/UX.44
Fonctionnalité: Un document du DMP rejoint le dossier du patient, une seule fois et avec son origine

  Scénario: le document intégré montre d'où il vient
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur intègre un document de son DMP dans le dossier
    Alors le dossier porte ce document, avec l'auteur, la structure et la date de son origine

  Scénario: le document déjà intégré ne l'est pas une seconde fois
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur intègre un document de son DMP dans le dossier
    Et l'utilisateur intègre un document de son DMP dans le dossier
    Alors le produit dit que ce document est déjà là, et ne l'intègre pas une seconde fois
    Et le journal du produit garde chaque demande, sa date et son auteur

  Scénario: le compte rendu que le produit a versé n'est pas repris du DMP
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors le DMP a reçu le CDA N3 puis le CDA N1 et répondu "Success" à chacun
    Étant donné le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur intègre dans le dossier le compte rendu que le produit a lui-même versé
    Alors le produit dit que ce document est déjà là, et ne l'intègre pas une seconde fois
    Et le dossier ne porte aucun document intégré

  @guide @preuve:DMP/UX.44.01.01 @preuve:DMP/UX.44.01.02
  Scénario: la conservation et l'archivage des documents du DMP se règlent
    Étant donné un patient qualifié dans le produit
    Quand le testeur intègre dans le dossier de ce patient un document de son DMP, puis règle la conservation et l'archivage des documents venus du DMP
    Alors le testeur filme pour la preuve "DMP/UX.44.01.01" :
      | la documentation du réglage de la conservation et de l'archivage des documents venus du DMP |
    Et le testeur filme pour la preuve "DMP/UX.44.01.02" :
      | un document du DMP intégré dans le dossier                                                  |
      | le réglage de la conservation et de l'archivage                                             |
      | ce réglage appliqué au document : sa durée, son passage en archive                          |
