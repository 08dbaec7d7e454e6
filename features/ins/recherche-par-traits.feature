# language: fr
@service:insi @vague:va1 @profil:general
Fonctionnalité: L'INS est recherchée par traits et chaque appel laisse une trace

  Le produit interroge INSi avec les seuls traits saisis ; son journal des appels montre qui a appelé, quand,
  et ce qu'INSi a répondu.

  @exigence:INS/va1.34 @preuve:INS/va1.34.01.01
  Scénario: la recherche par traits suit le guide d'intégration du téléservice
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et chaque appel à INSi satisfait à l'exigence

  @exigence:INS/va1.38 @preuve:INS/va1.38.02.01
  Scénario: l'appel par traits figure au journal des appels INSi
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le journal des appels du produit montre le retour "00" et son auteur

  @exigence:INS/va1.35 @preuve:INS/va1.35.02.01
  Scénario: le retour 00 est tracé et rapatrié avec le matricule, l'OID, l'historique et les traits
    Étant donné un patient que INSi connaît avec un historique, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le produit porte le matricule, l'OID, l'historique et les traits renvoyés par INSi
    Et le journal des appels du produit montre le retour "00" et son auteur

  @exigence:INS/va1.52 @preuve:INS/va1.52.01.01
  Scénario: les traits renvoyés par INSi remplacent les traits saisis
    Étant donné un patient dont INSi renvoie d'autres prénoms que ceux saisis, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le produit porte le matricule, l'OID, l'historique et les traits renvoyés par INSi

  @exigence:INS/va1.38 @preuve:INS/va1.38.02.01
  Scénario: le retour 01 est tracé et n'attache aucune INS
    Étant donné un patient que INSi ne connaît pas, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "01"
    Et l'identité reste "provisoire", sans INS, avec les traits saisis
    Et le journal des appels du produit montre le retour "01" et son auteur

  @exigence:INS/va1.38 @preuve:INS/va1.38.02.01
  Scénario: le retour 02 est tracé et n'attache aucune INS
    Étant donné un patient qui a un homonyme dans INSi, enregistré avec son seul premier prénom
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "02"
    Et l'identité reste "provisoire", sans INS, avec les traits saisis
    Et le journal des appels du produit montre le retour "02" et son auteur

  @exigence:INS/va1.38 @preuve:INS/va1.38.02.01
  Scénario: une panne d'INSi est tracée et ne change pas l'identité
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Et INSi en panne pour ce patient avec le défaut "insi_102"
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "insi_102"
    Et l'identité reste "provisoire", sans INS, avec les traits saisis
    Et le journal des appels du produit montre le retour "insi_102" et son auteur
