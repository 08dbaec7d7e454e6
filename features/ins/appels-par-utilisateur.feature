# language: fr
@service:insi @vague:va1 @profil:general @exigence:INS/va1.49
Fonctionnalité: Chaque appel au téléservice INSi est tracé au nom de son auteur

  Quel que soit le moyen par lequel l'utilisateur a ouvert sa session : c'est lui que la trace doit nommer.

  @preuve:INS/va1.49.01.01
  Scénario: deux utilisateurs appellent INSi
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand l'utilisateur "utilisateur-1" recherche l'identité du patient par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Quand l'utilisateur "utilisateur-2" recherche l'identité du patient par traits
    Alors le journal des appels du produit nomme les deux utilisateurs
