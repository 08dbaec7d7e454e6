# language: fr
@service:insi @vague:va1 @profil:general @exigence:INS/va1.28
Fonctionnalité: Une identité dont la date de naissance comporte des zéros n'est pas rapatriée

  @preuve:INS/va1.28.01.01
  Plan du Scénario: <partie> de naissance renvoyé par INSi vaut 00
    Étant donné un patient dont INSi renvoie une date de naissance avec <partie> 00, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le produit a traité le retour d'INSi comme l'exigence le demande
    Et l'identité reste "provisoire", sans INS, avec les traits saisis

    Exemples:
      | partie             |
      | le jour            |
      | le mois            |
      | le jour et le mois |
