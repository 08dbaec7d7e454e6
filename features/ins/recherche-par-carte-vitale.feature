# language: fr
@service:insi @vague:va1 @profil:general
Fonctionnalité: L'INS est recherchée avec la carte Vitale

  Le banc donne au produit ce qu'il lirait sur la carte du patient de test.

  @exigence:INS/va1.34 @preuve:INS/va1.34.01.01
  Scénario: la recherche par carte Vitale suit le guide d'intégration du téléservice
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par carte Vitale
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une recherche par carte Vitale et répondu "00"

  @exigence:INS/va1.34
  Scénario: la carte d'un parent fait trouver l'enfant
    Étant donné un patient mineur, enregistré dans le produit
    Quand le produit recherche son identité par carte Vitale
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une recherche par carte Vitale et répondu "00"

  @exigence:INS/va1.38 @preuve:INS/va1.38.01.01
  Scénario: l'appel par carte Vitale figure au journal des appels INSi
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par carte Vitale
    Alors INSi a reçu une recherche par carte Vitale et répondu "00"
    Et le journal des appels du produit montre chaque appel avec son retour

  @exigence:INS/va1.35 @preuve:INS/va1.35.01.01
  Scénario: le retour 00 par carte Vitale est tracé et rapatrié en entier
    Étant donné un patient que INSi connaît avec un historique, enregistré dans le produit
    Quand le produit recherche son identité par carte Vitale
    Alors INSi a reçu une recherche par carte Vitale et répondu "00"
    Et le produit porte le matricule, l'OID, l'historique et les traits renvoyés par INSi
    Et le journal des appels du produit montre chaque appel avec son retour

  @guide @exigence:INS/va1.38 @exigence:INS/va1.35 @preuve:INS/va1.38.01.02 @preuve:INS/va1.35.01.02
  Scénario: l'écran de l'appel par carte Vitale
    Étant donné un patient que INSi connaît
    Quand le testeur enregistre ce patient et lance la recherche dans INSi avec une carte Vitale de test
    Alors le testeur filme pour la preuve "INS/va1.38.01.02" :
      | le moyen d'appel choisi : la carte Vitale |
    Et le testeur filme pour la preuve "INS/va1.35.01.02" :
      | le moyen d'appel choisi : la carte Vitale |
