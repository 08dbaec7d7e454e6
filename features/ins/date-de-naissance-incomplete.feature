# language: fr
@service:insi @vague:va1 @profil:general @exigence:INS/va1.28
Fonctionnalité: Une identité dont la date de naissance comporte des zéros n'est pas rapatriée

  @preuve:INS/va1.28.01.01
  Scénario: le jour de naissance renvoyé par INSi vaut 00
    Étant donné un patient dont INSi renvoie une date de naissance avec le jour 00, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et l'identité reste "provisoire", sans INS, avec les traits saisis
