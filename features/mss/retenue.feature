# language: fr
@service:mssante @profil:general
Fonctionnalité: Chacun reçoit ce qui lui est destiné, et rien d'autre

  Ce qui est caché à quelqu'un ne lui est pas envoyé, et ce qui est fait pour lui part sans qu'on le redise.

  @vague:va1 @exigence:MSS/va1.01 @exigence:DOC/va1.21
  Scénario: un compte rendu invisible au patient ne lui est pas envoyé
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide pour ce professionnel et ce patient un compte rendu invisible au patient
    Alors le compte rendu est dans la boîte du professionnel
    Et rien de ce compte rendu n'est parti pour le patient

  @vague:va1 @exigence:MSS/va1.21 @exigence:DOC/va1.21
  Scénario: un compte rendu masqué aux professionnels ne leur est pas envoyé
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide pour ce professionnel et ce patient un compte rendu masqué aux professionnels
    Alors le compte rendu est dans la boîte du patient
    Et rien de ce compte rendu n'est parti pour le professionnel

  @vague:va1 @exigence:MSS/va1.01 @exigence:DOC/va1.36
  Scénario: de deux exemplaires, chacun reçoit le sien
    Étant donné un produit réglé sur deux exemplaires, patient et professionnel, si le produit les propose
    Et un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel et au patient
    Alors le compte rendu est dans la boîte du professionnel
    Et le compte rendu est dans la boîte du patient
    Et personne n'a reçu l'exemplaire d'un autre

  @vague:va1 @exigence:MSS/va1.21
  Scénario: un correspondant du dossier reçoit le compte rendu sans être nommé à nouveau
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur inscrit ce correspondant au dossier du patient
    Et l'utilisateur valide un compte rendu de biologie sans nommer de destinataire
    Alors le compte rendu est dans la boîte du professionnel
