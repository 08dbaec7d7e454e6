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
