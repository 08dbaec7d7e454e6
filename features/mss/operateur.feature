# language: fr
@service:mssante @profil:general
Fonctionnalité: Le produit ne confie ses courriels qu'à un opérateur sûr

  Un opérateur que le produit doit refuser ne reçoit ni mot de passe, ni courriel ; l'utilisateur sait pourquoi, et le
  compte rendu attend.

  @vague:va1 @exigence:MSS/va1.04
  Scénario: le certificat de l'opérateur est expiré
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur MSSanté qui présente un certificat expiré
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le produit a tenté la connexion et n'a rien confié à cet opérateur
    Et l'écran du produit dit que le courriel n'est pas parti, et pourquoi

  @vague:va1 @exigence:MSS/va1.31
  Plan du Scénario: en vague 1, l'opérateur n'offre que <offre>
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur MSSanté qui présente <offre>
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le produit a tenté la connexion et n'a rien confié à cet opérateur
    Et l'écran du produit dit que le courriel n'est pas parti, et pourquoi

    Exemples:
      | offre                       |
      | TLS 1.1 seulement           |
      | TLS 1.3 seulement           |
      | une suite interdite         |

  @vague:va2 @exigence:MSS/CONF.01
  Scénario: en vague 2, l'opérateur n'offre que TLS 1.1
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur MSSanté qui présente TLS 1.1 seulement
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le produit a tenté la connexion et n'a rien confié à cet opérateur
    Et l'écran du produit dit que le courriel n'est pas parti, et pourquoi

  @vague:va2 @exigence:MSS/CONF.03
  Plan du Scénario: en vague 2, l'opérateur n'offre que <offre>
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur MSSanté qui présente <offre>
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le produit a tenté la connexion et n'a rien confié à cet opérateur
    Et l'écran du produit dit que le courriel n'est pas parti, et pourquoi

    Exemples:
      | offre                       |
      | une suite interdite         |
      | un groupe DH trop faible    |

  @vague:va2 @exigence:SSI/GEN.12
  Plan du Scénario: l'opérateur présente <certificat>
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur MSSanté qui présente <certificat>
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le produit a tenté la connexion et n'a rien confié à cet opérateur
    Et l'écran du produit dit que le courriel n'est pas parti, et pourquoi

    Exemples:
      | certificat                                    |
      | un certificat expiré                          |
      | un certificat pas encore valide               |
      | un certificat révoqué                         |
      | un certificat d'une autre autorité            |
      | un certificat à un autre nom                  |

  @vague:va2 @exigence:MSS/CONF.22
  Scénario: OCSP dit révoqué un opérateur que la liste ne porte pas encore
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur MSSanté qui présente un certificat que seul OCSP dit révoqué
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le produit n'a rien confié à cet opérateur, s'il a interrogé OCSP
