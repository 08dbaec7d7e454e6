# language: fr
@vague:va1 @profil:general
Fonctionnalité: L'historique s'exporte vers un autre système

  L'export est comparé à ce que sa documentation annonce : données, formats et emplacements.

  @exigence:PORT/va1.01 @preuve:PORT/va1.01.01.01
  Scénario: l'export porte ce que sa documentation annonce, sur vingt ans
    Étant donné un patient qualifié dans le produit
    Et un compte rendu de ce patient vieux de quinze ans, et un compte rendu du jour
    Quand un administrateur exporte vingt ans d'historique
    Alors l'export porte chaque donnée de sa documentation, à l'emplacement et au format dits
    Et l'export porte les deux comptes rendus

  @exigence:PORT/va1.01
  Scénario: la profondeur de l'export se règle
    Étant donné un patient qualifié dans le produit
    Et un compte rendu de ce patient vieux de quinze ans, et un compte rendu du jour
    Quand un administrateur exporte un an d'historique
    Alors l'export ne porte que le compte rendu du jour
