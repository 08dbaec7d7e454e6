# language: fr
@service:hl7 @vague:va1 @profil:esclave-identite
Fonctionnalité: Un produit qui n'est pas référentiel suit les identités de son domaine

  Le banc joue le référentiel d'identités du domaine auquel le produit appartient, et lui envoie ses flux.

  @exigence:INS/va1.73 @preuve:INS/va1.73.01.01
  Scénario: la création d'un patient à l'INS qualifiée
    Étant donné un produit qui reçoit ses identités de son domaine
    Et un patient que INSi connaît
    Quand le référentiel de son domaine envoie l'identité qualifiée de ce patient
    Alors le produit a suivi la création envoyée par son domaine
    Quand le référentiel de son domaine envoie la mise à jour de ce patient
    Alors le produit a suivi la mise à jour envoyée par son domaine

  @exigence:INS/va1.73 @preuve:INS/va1.73.02.01
  Scénario: la création d'un patient à l'INS non qualifiée n'apporte pas l'INS
    Étant donné un produit qui reçoit ses identités de son domaine
    Et un patient que INSi connaît
    Quand le référentiel de son domaine envoie l'identité de ce patient avec son INS, mais non qualifiée
    Alors le produit a suivi la création envoyée par son domaine

  @exigence:INS/va1.73 @preuve:INS/va1.73.03.01
  Scénario: la suppression de l'INS d'un patient
    Étant donné un produit qui reçoit ses identités de son domaine
    Et un patient que INSi connaît
    Quand le référentiel de son domaine envoie l'identité qualifiée de ce patient
    Alors le produit a suivi la création envoyée par son domaine
    Quand le référentiel de son domaine envoie la suppression de l'INS de ce patient
    Alors le produit a suivi la suppression envoyée par son domaine

  @exigence:INS/va1.72 @preuve:INS/va1.72.01.01 @preuve:INS/va1.72.01.02
  Scénario: un message entrant apporte une INS qualifiée
    Étant donné un produit qui reçoit ses identités de son domaine
    Et un patient que INSi connaît
    Quand le référentiel de son domaine envoie l'identité qualifiée de ce patient
    Alors le produit a suivi la création envoyée par son domaine
    Et l'identité reçue est "qualifiee" dans le produit
    Et le testeur filme pour la preuve "INS/va1.72.01.01" :
      | le message reçu, tel que le produit le montre : date, émetteur, segment PID |
    Et le testeur filme pour la preuve "INS/va1.72.01.02" :
      | la fiche du patient : le matricule INS, sa nature et le statut « qualifiée » |

  @exigence:INS/va1.71 @preuve:INS/va1.71.01.01
  Scénario: un message sortant porte l'INS qualifiée dans son segment PID
    Étant donné un produit qui reçoit ses identités de son domaine
    Et un patient que INSi connaît
    Quand le référentiel de son domaine envoie l'identité qualifiée de ce patient
    Et le référentiel de son domaine envoie la mise à jour de ce patient
    Et l'identité reçue est "qualifiee" dans le produit
    Et le produit émet un message HL7 sur ce patient
    Alors le message HL7 reçu du produit porte l'INS qualifiée et satisfait à l'exigence

  @exigence:INS/va1.56 @preuve:INS/va1.56.01.01
  Scénario: l'identité reçue du domaine porte tous les champs
    Étant donné un produit qui reçoit ses identités de son domaine
    Et un patient que INSi connaît
    Quand le référentiel de son domaine envoie l'identité qualifiée de ce patient
    Et le référentiel de son domaine envoie la mise à jour de ce patient
    Et l'identité reçue est "qualifiee" dans le produit
    Alors la fiche porte tous les champs de l'identité, le matricule INS et son OID

  @exigence:INS/va1.56 @preuve:INS/va1.56.02.01
  Plan du Scénario: le nom reçu du domaine est gardé tel quel (<cas>)
    Étant donné un produit qui reçoit ses identités de son domaine
    Et <patient>
    Quand le référentiel de son domaine envoie l'identité qualifiée de ce patient
    Alors la fiche créée par le flux porte son nom de naissance tel quel

    Exemples:
      | cas                 | patient                                         |
      | tiret               | un patient dont le nom porte un tiret           |
      | apostrophe          | un patient dont le nom porte une apostrophe     |
      | espace              | un patient dont le nom porte un espace          |
      | 54 à 100 caractères | un patient dont le nom a au moins 54 caractères |
