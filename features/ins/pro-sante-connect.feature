# language: fr
@service:psc @service:insi @vague:va2 @profil:environnement-ville @exigence:INS/PSC.01
Fonctionnalité: Un utilisateur connecté par Pro Santé Connect appelle INSi sous cette identité

  @preuve:INS/PSC.01.01.01
  Scénario: l'appel à INSi emploie la session Pro Santé Connect de l'utilisateur
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand un premier professionnel se connecte au produit par Pro Santé Connect
    Et ce professionnel recherche l'identité du patient, authentifié par sa session Pro Santé Connect
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le journal des appels du produit montre l'authentification par Pro Santé Connect et ce professionnel
