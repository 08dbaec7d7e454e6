# language: fr
@service:mssante @vague:va1 @profil:general
Fonctionnalité: Un courriel que l'opérateur n'a pas pu prendre repart, une fois, sous le même identifiant

  @exigence:MSS/va1.21 @exigence:MSS/va1.12
  Scénario: la connexion se coupe avant la réponse de l'opérateur
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur qui coupe la connexion sans répondre au premier envoi
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le produit envoie à nouveau le courriel, et l'opérateur le prend
    Et les courriels partis, comparés entre eux, satisfont à l'exigence

  @exigence:MSS/va1.21
  Scénario: l'opérateur refuse une fois la boîte du professionnel, pour un temps
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur qui refuse une fois la boîte de ce professionnel, pour un temps
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le produit envoie à nouveau le courriel, et l'opérateur le prend
    Et les courriels partis, comparés entre eux, satisfont à l'exigence

  @exigence:MSS/va1.14
  Scénario: l'opérateur refuse la boîte du professionnel, et l'utilisateur le sait
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur qui refuse la boîte de ce professionnel
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le produit montre que l'opérateur a refusé le courriel, et pourquoi
