# language: fr
@service:psc @service:insi @vague:va1 @profil:general @exigence:INS/va1.49
Fonctionnalité: Chaque appel au téléservice INSi est tracé au nom de son auteur

  Les professionnels ouvrent leur session par Pro Santé Connect : c'est cette identité que la trace doit porter.

  @preuve:INS/va1.49.01.01
  Scénario: deux professionnels connectés par Pro Santé Connect appellent INSi
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand un premier professionnel se connecte au produit par Pro Santé Connect
    Alors la connexion suit le code d'autorisation avec PKCE et "eidas1", et ouvre sa session
    Quand ce professionnel recherche l'identité du patient par traits
    Et un second professionnel se connecte au produit par Pro Santé Connect
    Et ce professionnel recherche l'identité du patient par traits
    Alors le journal des appels du produit nomme les deux professionnels
