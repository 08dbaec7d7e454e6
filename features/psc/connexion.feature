# language: fr
@service:psc @vague:va2 @profil:general
Fonctionnalité: Un professionnel ouvre sa session par Pro Santé Connect

  La demande d'autorisation, l'échange du code et la lecture des données du professionnel passent par le banc. La vidéo
  que chaque modalité demande reste à filmer.

  @exigence:PSC.01 @exigence:PSC.08
  Scénario: deux professionnels se connectent l'un après l'autre
    Quand un premier professionnel se connecte au produit par Pro Santé Connect
    Alors la connexion suit le code d'autorisation avec PKCE et "eidas1", et ouvre sa session
    Quand un second professionnel se connecte au produit par Pro Santé Connect
    Alors la connexion suit le code d'autorisation avec PKCE et "eidas1", et ouvre sa session

  @service:insi @exigence:PSC.01 @exigence:PSC.08
  Scénario: deux professionnels connectés par Pro Santé Connect appellent INSi, chacun sous son compte
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand un premier professionnel se connecte au produit par Pro Santé Connect
    Alors la connexion suit le code d'autorisation avec PKCE et "eidas1", et ouvre sa session
    Quand ce professionnel recherche l'identité du patient par traits
    Et un second professionnel se connecte au produit par Pro Santé Connect
    Et ce professionnel recherche l'identité du patient par traits
    Alors le journal des appels du produit nomme les deux professionnels
