# language: fr
@service:hl7 @service:insi @vague:va1 @profil:general
Fonctionnalité: Une identité venue d'un autre domaine est vérifiée avant d'être crue

  Le banc joue un établissement qui envoie ses identités par HL7 v2 (IHE PAM) sur MLLP. Ce qu'il a qualifié ne l'est
  pas pour le produit : INSi est interrogé sans attendre l'utilisateur.

  @exigence:INS/va1.01 @preuve:INS/va1.01.02.01
  Plan du Scénario: le nom reçu par flux est gardé tel quel (<cas>)
    Étant donné <patient>
    Quand un établissement d'un autre domaine envoie l'identité de ce patient, sans INS
    Alors la fiche créée par le flux porte son nom de naissance tel quel

    Exemples:
      | cas                 | patient                                         |
      | tiret               | un patient dont le nom porte un tiret           |
      | apostrophe          | un patient dont le nom porte une apostrophe     |
      | espace              | un patient dont le nom porte un espace          |
      | 54 à 100 caractères | un patient dont le nom a au moins 54 caractères |

  @exigence:INS/va1.11 @preuve:INS/va1.11.01.01
  Scénario: l'INS transmise est vérifiée d'office
    Étant donné un patient que INSi connaît
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et INSi a reçu la vérification de l'INS transmise et répondu "OK"

  @exigence:INS/va1.11
  Scénario: une INS déjà tenue d'INSi n'est pas vérifiée de nouveau
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors INSi n'a reçu aucune vérification de cette INS

  @exigence:INS/va1.11
  Scénario: sans réponse d'INSi, l'INS transmise n'est pas rattachée
    Étant donné un patient que INSi connaît
    Et INSi en panne pour ce patient avec le défaut "insi_103"
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et INSi a reçu la vérification de l'INS transmise et répondu "insi_103"

  @exigence:INS/va1.13 @exigence:INS/va1.06 @preuve:INS/va1.13.01.01
  Scénario: une identité qualifiée ailleurs n'est que récupérée ici
    Étant donné un patient que INSi connaît
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et INSi a reçu la vérification de l'INS transmise et répondu "OK"
    Et l'identité reçue est "recuperee" dans le produit
    Et le journal des appels du produit montre chaque appel avec son retour

  @exigence:INS/va1.57 @exigence:INS/va1.06 @profil:referentiel-identites @preuve:INS/va1.57.01.01
  Scénario: un référentiel d'identités requalifie toute identité externe
    Étant donné un patient que INSi connaît avec un historique
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et INSi a reçu la vérification de l'INS transmise et répondu "OK"
    Et l'identité reçue est "recuperee" dans le produit
    Et le journal des appels du produit montre chaque appel avec son retour

  @exigence:INS/va1.05 @preuve:INS/va1.05.01.01
  Scénario: un patient inconnu, dont l'INS transmise est refusée, est créé sans elle
    Étant donné un patient dont INSi refuse toute vérification
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et INSi a reçu la vérification de l'INS transmise et répondu "KO"

  @exigence:INS/va1.07 @exigence:INS/va1.06 @preuve:INS/va1.07.01.01
  Scénario: un patient connu, dont l'INS transmise est refusée, reste tel qu'il était
    Étant donné un patient dont INSi refuse toute vérification
    Et ce patient enregistré dans le produit avec une identité "validée", lieu de naissance inconnu
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et INSi a reçu la vérification de l'INS transmise et répondu "KO"
    Et le journal des appels du produit montre chaque appel avec son retour

  @exigence:INS/va1.12 @preuve:INS/va1.12.01.01
  Scénario: un résultat dont l'INS est refusée attend une personne
    Étant donné un patient dont INSi refuse toute vérification
    Quand un établissement d'un autre domaine envoie un résultat référencé par l'INS de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et INSi a reçu la vérification de l'INS transmise et répondu "KO"
    Et le testeur filme pour la preuve "INS/va1.12.01.01" :
      | la trace de la vérification et son retour KO                                |
      | l'alerte donnée à l'utilisateur                                             |
      | le résultat dans la liste de travail                                        |
      | le dossier du patient, ouvert, où ce résultat n'est pas                     |

  @exigence:INS/va1.04 @preuve:INS/va1.04.01.02
  Scénario: l'identité d'un émetteur sous contrat de confiance reste qualifiée
    Étant donné un produit qui ne prend pas les patients en charge, sous contrat de confiance avec l'établissement
    Et un patient que INSi connaît
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et l'identité reçue est "qualifiee" dans le produit

  @exigence:INS/va1.04
  Scénario: l'identité d'un émetteur sans contrat de confiance n'est pas qualifiée
    Étant donné un produit qui ne prend pas les patients en charge, sans contrat de confiance avec l'établissement
    Et un patient que INSi connaît
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et INSi a reçu la vérification de l'INS transmise et répondu "OK"

  @guide @exigence:INS/va1.04 @preuve:INS/va1.04.01.01
  Scénario: la table des émetteurs sous contrat de confiance
    Étant donné un patient que INSi connaît
    Quand le testeur ouvre le réglage des émetteurs d'identités avec lesquels un contrat de confiance est passé
    Alors le testeur filme pour la preuve "INS/va1.04.01.01" :
      | la table des émetteurs sous contrat de confiance        |
      | l'ajout d'un émetteur à cette table, puis son retrait   |

  @exigence:INS/va1.04 @preuve:INS/va1.04.01.03
  Scénario: sans contrat de confiance ni retour d'INSi, l'identité reçue ne porte ni matricule ni OID
    Étant donné un produit qui ne prend pas les patients en charge, sans contrat de confiance avec l'établissement
    Et un patient que INSi connaît
    Et INSi en panne pour ce patient avec le défaut "insi_103"
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et INSi a reçu la vérification de l'INS transmise et répondu "insi_103"

  @exigence:INS/va1.13
  Plan du Scénario: l'identité reçue n'est pas prise pour celle d'un autre (<autre>)
    Étant donné un patient dont un <autre> est enregistré dans le produit
    Quand un établissement d'un autre domaine envoie l'identité qualifiée de ce patient
    Alors le produit a traité l'identité reçue comme l'exigence le demande
    Et INSi a reçu la vérification de l'INS transmise et répondu "OK"

    Exemples:
      | autre    |
      | jumeau   |
      | homonyme |
