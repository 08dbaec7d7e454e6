# language: fr
@service:insi @vague:va1 @profil:referentiel-identites @exigence:INS/va1.58
Fonctionnalité: Le produit s'authentifie auprès d'INSi par carte CPx et par certificat d'organisation

  @preuve:INS/va1.58.01.01
  Scénario: la recherche authentifiée par la carte CPx de l'utilisateur
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par traits, authentifié par la carte CPx de l'utilisateur
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une recherche par traits et répondu "00"

  @preuve:INS/va1.58.01.01
  Scénario: la recherche authentifiée par le certificat d'organisation
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par traits, authentifié par le certificat d'organisation
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une recherche par traits et répondu "00"

  @preuve:INS/va1.58.01.01
  Scénario: la carte Vitale lue avec la carte CPx de l'utilisateur
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par carte Vitale, authentifié par la carte CPx de l'utilisateur
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une recherche par carte Vitale et répondu "00"
