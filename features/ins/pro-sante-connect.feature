# language: fr
@guide @service:psc @service:insi @vague:va2 @profil:environnement-ville @exigence:INS/PSC.01
Fonctionnalité: Un utilisateur connecté par Pro Santé Connect appelle INSi sous cette identité

  Aucune source publique ne donne la forme de cet appel : le banc ne le simule pas, un testeur le joue et le filme dans
  l'environnement de test du téléservice.

  @preuve:INS/PSC.01.01.01
  Scénario: l'appel à INSi emploie la session Pro Santé Connect de l'utilisateur
    Quand le testeur se connecte au produit par Pro Santé Connect
    Et le testeur recherche dans INSi un patient de test, en choisissant l'authentification par Pro Santé Connect
    Alors le testeur filme pour la preuve "INS/PSC.01.01.01" :
      | l'utilisateur connecté par Pro Santé Connect                                                  |
      | l'authentification par Pro Santé Connect proposée pour l'appel à INSi, et l'appel              |
      | le journal des appels : le mode d'authentification employé et l'identité de cet utilisateur   |
