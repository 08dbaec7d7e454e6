# language: fr
@service:annuaire @vague:va1 @profil:general
Fonctionnalité: Le produit se sert de l'Annuaire Santé

  @exigence:ANN/va1.01 @preuve:ANN/va1.01.01.01
  Scénario: l'extraction publique est chargée et le rapport en rend compte
    Quand le produit charge l'extraction de l'annuaire
    Alors l'annuaire a livré son extraction et le rapport d'intégration en compte toutes les lignes

  @exigence:ANN/va1.05 @preuve:ANN/va1.05.01.01
  Scénario: la boîte MSSanté d'un correspondant est retrouvée
    Étant donné un professionnel de l'annuaire
    Quand le produit cherche sa boîte MSSanté
    Alors l'annuaire a reçu une recherche conforme et le produit montre la boîte qu'il a renvoyée

  @exigence:ANN/va1.01 @preuve:ANN/va1.01.01.02
  Scénario: un professionnel de l'extraction se retrouve dans le produit
    Étant donné un professionnel de l'annuaire
    Quand le produit charge l'extraction de l'annuaire
    Et le produit cherche ce professionnel par son nom
    Alors le produit montre ce professionnel et sa boîte

  @exigence:ANN/va1.01
  Scénario: le lendemain, le produit compte ce qui arrive, ce qui change et ce qui part
    Étant donné trois professionnels, dont le premier n'est pas encore à l'annuaire
    Quand le produit charge l'extraction de l'annuaire
    Et le lendemain, le premier s'inscrit à l'annuaire, le deuxième y change de nom et le troisième en part
    Et le produit charge l'extraction de l'annuaire
    Alors l'annuaire a livré son extraction et le rapport d'intégration en compte toutes les lignes

  @exigence:ANN/va1.02 @preuve:ANN/va1.02.01.01
  Scénario: le compte d'un utilisateur prend ses données dans l'annuaire, et les reprend quand elles changent
    Étant donné un professionnel de l'annuaire
    Quand un compte est ouvert pour ce professionnel
    Alors le compte porte les données de l'annuaire
    Quand ce professionnel change de nom à l'annuaire
    Et le produit charge l'extraction de l'annuaire
    Alors le compte porte les données de l'annuaire

  @exigence:ANN/va1.03 @preuve:ANN/va1.03.01.01
  Scénario: un correspondant prend ses données dans l'annuaire, et les reprend quand elles changent
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur inscrit ce correspondant au dossier du patient
    Alors le correspondant porte les données de l'annuaire
    Quand ce professionnel change de boîte à l'annuaire
    Et l'utilisateur met ce correspondant à jour
    Alors le correspondant porte les données de l'annuaire

  @exigence:ANN/va1.03
  Scénario: un correspondant qui n'exerce plus est signalé
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur inscrit ce correspondant au dossier du patient
    Et ce professionnel part de l'annuaire
    Et l'utilisateur met ce correspondant à jour
    Alors le correspondant porte les données de l'annuaire

  @exigence:ANN/va1.04 @preuve:ANN/va1.04.01.01
  Scénario: la fréquence réglée est celle des chargements
    Quand l'administrateur règle un chargement de l'annuaire toutes les 12 heures
    Et le produit charge l'extraction de l'annuaire
    Alors le produit annonce son prochain chargement à la fréquence réglée

  @exigence:ANN/va1.06 @preuve:ANN/va1.06.01.01
  Scénario: la boîte MSSanté d'un correspondant se cherche par son nom
    Étant donné un professionnel de l'annuaire
    Quand le produit cherche ce professionnel par son nom
    Alors l'annuaire a reçu une recherche conforme et le produit montre la boîte qu'il a renvoyée
