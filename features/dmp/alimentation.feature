# language: fr
@service:dmp @vague:va1 @profil:general
Fonctionnalité: Un compte rendu validé alimente le DMP sans autre geste

  La validation biologique déclenche le test d'existence du DMP, puis l'envoi du CDA N3 et de son jumeau N1.

  @exigence:DMP/va1.01 @preuve:DMP/va1.01.01.01
  Scénario: la validation du compte rendu alimente le DMP en N3 et en N1
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors le produit a testé l'existence du DMP avant de l'alimenter
    Et le DMP a reçu le CDA N3 puis le CDA N1 et répondu "Success" à chacun
    Et les deux documents sont visibles dans le DMP du patient

  @exigence:DMP/va1.01 @exigence:DOC/va1.21 @preuve:DOC/va1.21.01.01
  Scénario: les métadonnées XDS du lot sont conformes et cohérentes avec le CDA
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors chaque lot envoyé au DMP a des métadonnées, une signature et un jeton VIHF conformes
