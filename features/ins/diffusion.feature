# language: fr
@vague:va1 @profil:general
Fonctionnalité: L'INS ne part qu'avec une identité qualifiée, et l'on sait vers qui

  @service:mss @service:dmp @service:hl7 @exigence:INS/va1.59 @preuve:INS/va1.59.01.01
  Scénario: rien de l'INS ne part avec une identité récupérée
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Et un professionnel de l'annuaire
    Quand le produit émet un message HL7 sur ce patient
    Et l'utilisateur valide un compte rendu de biologie destiné à ce professionnel et au DMP, si le produit l'accepte
    Alors aucun document, courriel ni message parti du produit ne porte le matricule ni son OID

  @exigence:INS/va1.59 @preuve:INS/va1.59.02.01
  Scénario: l'édition d'une identité récupérée ne porte pas le matricule
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le compte rendu produit ne porte ni le matricule ni son OID
    Et le testeur filme pour la preuve "INS/va1.59.02.01" :
      | la fiche du patient et son statut « récupérée »                                          |
      | le compte rendu édité ou imprimé : les traits y sont, ni le matricule INS ni son datamatrix |

  @service:hl7 @exigence:INS/va1.59
  Scénario: un matricule à la clé fausse ne part jamais
    Étant donné un patient dont INSi renvoie un matricule à la clé fausse, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Et l'utilisateur valide l'identité au vu du document "passeport"
    Et le produit émet un message HL7 sur ce patient
    Et l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors tout matricule que portent les documents et messages partis du produit est bien formé

  @service:hl7 @exigence:INS/va1.46 @preuve:INS/va1.46.01.01
  Scénario: l'envoi d'une INS laisse la trace de son destinataire
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand le produit émet un message HL7 sur ce patient
    Alors le message HL7 reçu du produit porte l'INS qualifiée et satisfait à l'exigence
    Et le journal des identités nomme le partenaire à qui l'INS a été transmise

  @service:mss @exigence:INS/va1.46 @preuve:INS/va1.46.01.01
  Scénario: un courriel qui porte l'INS laisse la trace de son destinataire
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le courriel est arrivé dans la boîte du professionnel
    Et le journal des identités nomme ce professionnel parmi ceux qui ont reçu l'INS

  @service:mss @service:hl7 @exigence:INS/va1.59 @exigence:INS/va1.52 @exigence:INS/va1.01
  Plan du Scénario: une identité qualifiée part telle qu'INSi l'a donnée (<cas>)
    Étant donné <patient>
    Et ce patient enregistré dans le produit avec une identité "qualifiée"
    Quand le produit émet un message HL7 sur ce patient
    Et l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors les documents et le message partis du produit portent l'identité renvoyée par INSi

    Exemples:
      | cas                       | patient                                                       |
      | d'anciens matricules      | un patient que INSi connaît avec un historique                |
      | un matricule d'attente    | un patient à qui INSi donne un matricule d'attente (NIA)      |
      | d'autres traits que saisis | un patient dont INSi renvoie d'autres prénoms que ceux saisis |
      | la Corse                  | un patient né en Corse-du-Sud                                 |

  @service:dmp @exigence:INS/va1.46 @preuve:INS/va1.46.01.01
  Scénario: une alimentation du DMP, qui porte l'INS, laisse la trace de son destinataire
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors le DMP a reçu le CDA N3 puis le CDA N1 et répondu "Success" à chacun
    Et le journal des identités nomme le DMP parmi ceux à qui l'INS a été transmise
