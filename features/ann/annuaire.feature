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
