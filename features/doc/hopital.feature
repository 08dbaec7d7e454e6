# language: fr
@service:hl7 @vague:va1 @profil:environnement-hospitalier
Fonctionnalité: Dans l'hôpital, le compte rendu part en message ORU ou OUL avec sa visibilité

  @guide @exigence:DOC/va1.20 @preuve:DOC/va1.20.01.01 @preuve:DOC/va1.20.01.02 @preuve:DOC/va1.20.01.03 @preuve:DOC/va1.20.01.04
  Scénario: quatre messages, N1 puis N3, sans restriction puis invisible au patient
    Étant donné un patient qualifié dans le produit
    Quand le testeur donne au produit l'adresse HL7 (MLLP) du banc comme destinataire des comptes rendus
    Et le testeur valide un compte rendu sans restriction, puis un autre invisible au patient
    Alors le testeur filme pour la preuve "DOC/va1.20.01.01" :
      | le message du CDA N1 sans restriction, tel que le banc l'a reçu, et son acquittement |
    Et le testeur filme pour la preuve "DOC/va1.20.01.02" :
      | le message du CDA N1 invisible au patient, tel que le banc l'a reçu : l'OBX qui porte INVISIBLE_PATIENT |
    Et le testeur filme pour la preuve "DOC/va1.20.01.03" :
      | le message du CDA N3 sans restriction, tel que le banc l'a reçu, et son acquittement |
    Et le testeur filme pour la preuve "DOC/va1.20.01.04" :
      | le message du CDA N3 invisible au patient, tel que le banc l'a reçu : l'OBX qui porte INVISIBLE_PATIENT |

  @exigence:DOC/va1.20 @preuve:DOC/va1.20.01.01 @preuve:DOC/va1.20.01.03
  Scénario: le compte rendu sans restriction part à l'établissement, pour le DMP, le professionnel et le patient
    Étant donné un produit qui envoie ses comptes rendus à l'établissement
    Et un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide pour l'établissement un compte rendu destiné au DMP, à ce professionnel et au patient, visible de tous
    Alors l'établissement a reçu le CDA N3 et le CDA N1, dans des messages qui satisfont à l'exigence
    Et rien n'est parti du produit vers le DMP ni par MSSanté

  @exigence:DOC/va1.20 @preuve:DOC/va1.20.01.02 @preuve:DOC/va1.20.01.04
  Scénario: le compte rendu invisible au patient part à l'établissement, pour le DMP et le professionnel
    Étant donné un produit qui envoie ses comptes rendus à l'établissement
    Et un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide pour l'établissement un compte rendu destiné au DMP et à ce professionnel, invisible au patient
    Alors l'établissement a reçu le CDA N3 et le CDA N1, dans des messages qui satisfont à l'exigence

  @exigence:DOC/va1.20
  Plan du Scénario: la visibilité choisie est dite à l'établissement (<choix>)
    Étant donné un produit qui envoie ses comptes rendus à l'établissement
    Et un patient qualifié dans le produit
    Quand l'utilisateur valide pour l'établissement un compte rendu destiné au DMP, <choix>
    Alors l'établissement a reçu le CDA N3 et le CDA N1, dans des messages qui satisfont à l'exigence

    Exemples:
      | choix                              |
      | masqué aux professionnels          |
      | invisible aux représentants légaux |
      | en connexion secrète               |

  @exigence:DOC/va1.20
  Scénario: une nouvelle version remplace celle que l'établissement a reçue, puis est supprimée
    Étant donné un produit qui envoie ses comptes rendus à l'établissement
    Et un patient qualifié dans le produit
    Quand l'utilisateur valide pour l'établissement un compte rendu destiné au DMP, visible de tous
    Alors l'établissement a reçu le CDA N3 et le CDA N1, dans des messages qui satisfont à l'exigence
    Quand l'utilisateur corrige le compte rendu envoyé
    Alors l'établissement a reçu la nouvelle version en remplacement, et chaque message satisfait à l'exigence
    Quand l'utilisateur supprime le compte rendu confié à l'établissement
    Alors l'établissement a reçu la suppression de chaque document

  @exigence:DOC/va1.20
  Plan du Scénario: un produit qui propose les messages <message> les écrit comme l'exigence le demande
    Étant donné un produit qui envoie ses comptes rendus à l'établissement par messages <message>, s'il le propose
    Et un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide pour l'établissement un compte rendu destiné au DMP, à ce professionnel et au patient, visible de tous
    Alors l'établissement a reçu le CDA N3 et le CDA N1, dans des messages qui satisfont à l'exigence
    Quand l'utilisateur corrige le compte rendu envoyé
    Alors l'établissement a reçu la nouvelle version en remplacement, et chaque message satisfait à l'exigence

    Exemples:
      | message |
      | OUL     |
      | MDM     |

  @exigence:DOC/va1.20
  Scénario: un message resté sans réponse repart sous le même numéro
    Étant donné un produit qui envoie ses comptes rendus à l'établissement
    Et un patient qualifié dans le produit
    Et un établissement qui ne répond pas au premier message sur ce patient
    Quand l'utilisateur valide pour l'établissement un compte rendu destiné au DMP, visible de tous
    Alors le produit renvoie le message sans réponse sous le même numéro, et l’établissement le prend

  @exigence:DOC/va1.20
  Scénario: un compte rendu que l'établissement refuse n'est pas montré comme transmis
    Étant donné un produit qui envoie ses comptes rendus à l'établissement
    Et un patient qualifié dans le produit
    Et un établissement qui ne connaît pas ce patient
    Quand l'utilisateur valide pour l'établissement un compte rendu destiné au DMP, visible de tous
    Alors le produit montre que l'établissement n'a pas pris le compte rendu, et pourquoi

  @exigence:DOC/va1.20
  Plan du Scénario: ce que l'établissement apprend ensuite est montré à l'utilisateur (<suite>)
    Étant donné un produit qui envoie ses comptes rendus à l'établissement
    Et un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide pour l'établissement un compte rendu destiné au DMP, à ce professionnel et au patient, visible de tous
    Et l'établissement fait savoir que <suite>
    Alors le produit montre que <suite>, et pourquoi

    Exemples:
      | suite                         |
      | le DMP a refusé le document   |
      | le courriel n'a pas été remis |

  @exigence:DOC/va1.20
  Plan du Scénario: une réponse qui n'acquitte pas le message ne compte pas (<réponse>)
    Étant donné un produit qui envoie ses comptes rendus à l'établissement
    Et un patient qualifié dans le produit
    Et un établissement qui répond au premier message sur ce patient par <réponse>
    Quand l'utilisateur valide pour l'établissement un compte rendu destiné au DMP, visible de tous
    Alors le produit renvoie le message sans réponse sous le même numéro, et l’établissement le prend

    Exemples:
      | réponse                          |
      | l'acquittement d'un autre message |
      | autre chose qu'un acquittement   |
