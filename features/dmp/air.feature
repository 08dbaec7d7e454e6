# language: fr
@service:dmp @vague:va2 @profil:general
Fonctionnalité: Le DMP est consulté en mode AIR, au nom de son véritable utilisateur

  @exigence:DMP/AIRS.03 @preuve:DMP/AIRS.03.01.01
  Scénario: la consultation en mode AIR suit le guide d'intégration, appel par appel
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur affiche la liste des documents du DMP
    Et l'utilisateur ouvre un document de son DMP
    Alors chaque appel de la consultation suit le guide d'intégration, en authentification indirecte renforcée

  @exigence:DMP/AIRS.06 @preuve:DMP/AIRS.06.01.02
  Scénario: le VIHF porte le numéro national du premier utilisateur
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Et un premier utilisateur du produit, inscrit à l'annuaire
    Quand le premier utilisateur consulte le DMP du patient
    Alors chaque appel au DMP porte le numéro national du premier utilisateur

  @exigence:DMP/AIRS.06 @preuve:DMP/AIRS.06.01.04
  Scénario: le VIHF porte ensuite le numéro national du second utilisateur
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Et un premier utilisateur du produit, inscrit à l'annuaire
    Et un second utilisateur du produit, inscrit à l'annuaire
    Quand le premier utilisateur consulte le DMP du patient
    Et le second utilisateur consulte le DMP du patient
    Alors chaque appel au DMP porte le numéro national du second utilisateur

  @guide @exigence:DMP/AIRS.06 @preuve:DMP/AIRS.06.01.01 @preuve:DMP/AIRS.06.01.03
  Scénario: deux utilisateurs, leur numéro et leur appel au DMP
    Étant donné un patient qualifié dans le produit
    Quand le testeur se connecte sous le compte d'un premier professionnel et accède au DMP de ce patient
    Et le testeur se connecte sous le compte d'un second professionnel et accède au DMP de ce patient
    Alors le testeur filme pour la preuve "DMP/AIRS.06.01.01" :
      | la connexion du premier professionnel et son numéro RPPS ou ADELI, tel que le produit le montre |
      | l'accès au DMP du patient par ce professionnel                                                   |
    Et le testeur filme pour la preuve "DMP/AIRS.06.01.03" :
      | la connexion du second professionnel et son numéro RPPS ou ADELI, tel que le produit le montre  |
      | l'accès au DMP du patient par ce professionnel                                                   |
